package dev.pipelinebox.internal.master;

import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.internal.launch.WorkerProcess;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A process from the request to launch it to its exit: what is done to it before it is there happens then. Not thread-safe. */
final class ProcessState {

    private final CompletionStage<WorkerProcess> launching;
    private @Nullable WorkerProcess process;
    private @Nullable WorkerExit exit;
    private String killReason = "";
    private String threadDump = "";
    private boolean hasStopped;
    private boolean isLost;

    ProcessState(CompletionStage<WorkerProcess> launching) {
        this.launching = launching;
    }

    void onLaunched(WorkerProcess launched) {
        process = launched;
        if (!killReason.isEmpty()) {
            launched.kill(killReason);
        }
    }

    /** It is known by another number from now on. */
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

    /** It was killed and does not end, so nobody waits for it any more. */
    void onNotEnding() {
        abandon(killReason);
        isLost = true;
        if (process != null) {
            String reason = killReason + ", and its end was not seen";
            exit = new WorkerExit(process.pid(), -1, WorkerExit.Cause.UNSEEN, reason, "", "", threadDump);
        }
    }

    /** Nobody waits for its end any more. */
    boolean isLost() {
        return isLost;
    }

    boolean isGone() {
        return exit != null;
    }

    Optional<WorkerExit> exit() {
        return Optional.ofNullable(exit);
    }

    /** Ends it by force, now or as soon as it is launched. */
    void kill(String reason) {
        killReason = killReason.isEmpty() ? reason : killReason;
        if (process != null) {
            process.kill(reason);
        }
    }

    /** Ends it by force, whoever is left to hear of it. */
    void abandon(String reason) {
        if (exit == null) {
            launching.thenAccept(launched -> launched.kill(reason));
        }
    }
}
