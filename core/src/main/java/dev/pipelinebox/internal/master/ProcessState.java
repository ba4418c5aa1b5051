package dev.pipelinebox.internal.master;

import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.internal.launch.WorkerProcess;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A process from the request to launch it to its exit, and the session's record of why it is terminated. What is done to it
 * before it is launched takes effect at its launch; a termination does so at once, without a thread dump. Not thread-safe.
 */
final class ProcessState {

    private final CompletionStage<WorkerProcess> launching;
    private @Nullable WorkerProcess process;
    private @Nullable WorkerExit exit;
    private String terminationReason = "";
    private String threadDump = "";
    private boolean hasStopped;
    private boolean isLost;

    ProcessState(CompletionStage<WorkerProcess> launching) {
        this.launching = launching;
    }

    void onLaunched(WorkerProcess launched) {
        process = launched;
        if (isTerminating()) {
            launched.kill(terminationReason);
        }
    }

    /** It belongs to the worker with this index from now on. */
    void assign(int index) {
        if (process != null) {
            process.assign(index);
        }
    }

    /** It said that it has stopped as it was asked to. */
    void onStopped() {
        hasStopped = true;
    }

    void onThreadDump(String text) {
        threadDump = text;
    }

    void onExited(WorkerExit ended) {
        WorkerExit known = hasStopped ? ended.stopped() : ended;
        exit = known.withThreadDump(threadDump);
    }

    /** It was killed and does not end, so it is no longer waited for. */
    void onNotEnding() {
        abandon(terminationReason);
        isLost = true;
        if (process != null) {
            String reason = terminationReason + ", and its end was not seen";
            exit = new WorkerExit(process.pid(), -1, WorkerExit.Cause.UNSEEN, reason, "", "", threadDump);
        }
    }

    /** Its end is no longer waited for. */
    boolean isLost() {
        return isLost;
    }

    boolean isGone() {
        return exit != null;
    }

    Optional<WorkerExit> exit() {
        return Optional.ofNullable(exit);
    }

    /** Decides that it is terminated, unless it is gone; the first reason stays. Tells whether this is the first. */
    boolean terminate(String reason) {
        if (isTerminating() || isGone()) {
            return false;
        }
        terminationReason = reason;
        return true;
    }

    /** It is decided that it is terminated; it may not have been killed yet. */
    boolean isTerminating() {
        return !terminationReason.isEmpty();
    }

    /** Kills it for the reason that was decided; not before it is launched, since {@link #onLaunched} does that. */
    void kill() {
        if (process != null) {
            process.kill(terminationReason);
        }
    }

    /** Kills it now or as soon as it is launched, although its end will not be reported. */
    void abandon(String reason) {
        if (exit == null) {
            launching.thenAccept(launched -> launched.kill(reason));
        }
    }
}
