package dev.pipelinebox.internal.master;

import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import dev.pipelinebox.internal.link.WorkerLink;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.pool.Deadlines;
import dev.pipelinebox.internal.task.Durations;
import java.time.Duration;

/**
 * Sees to it that a worker's process is ready and ends in time: else it is ended by force, if there is time after a picture of
 * its threads was taken, and given up if not even that ends it, as where the kernel waits for a device. Not thread-safe.
 */
final class Terminator {

    /** How long a process that is to be killed has for a picture of its threads. */
    private static final Duration DUMP_PATIENCE = Duration.ofSeconds(1);

    /** How long a process that was killed may take to be gone. */
    static final Duration KILL_PATIENCE = Duration.ofSeconds(10);

    private final Deadlines countdowns;
    private final WorkerLink<MasterToWorker> link;
    private final ProcessState process;
    private final EngineSettings settings;
    private String sentence = "";

    Terminator(Deadlines countdowns, WorkerLink<MasterToWorker> link, ProcessState process, EngineSettings settings) {
        this.countdowns = countdowns;
        this.link = link;
        this.process = process;
        this.settings = settings;
    }

    /** From now on it has the grace for its end, if that has not begun before. */
    void limitItsEnd() {
        countdowns.startOnce(Deadlines.Deadline.STOP, settings.pool().grace());
    }

    /** Its work is done; in a cluster with others it needs a time for its leave. */
    void giveLeave() {
        if (settings.worker().process().cluster().shared()) {
            countdowns.start(Deadlines.Deadline.STOP, settings.pool().grace().plus(ClusterSpec.LONGEST_LEAVE));
        } else {
            limitItsEnd();
        }
    }

    void onOver(Deadlines.Deadline deadline) {
        switch (deadline) {
            case START ->
                sentence("it was not ready within "
                        + Durations.shown(settings.pool().initTimeout()) + " (pipelinebox.worker.init-timeout)");
            case STOP ->
                kill("it did not stop within " + Durations.shown(settings.pool().grace())
                        + " (pipelinebox.shutdown.grace)");
            case THREAD_DUMP -> execute();
            case KILL -> process.onNotEnding();
        }
    }

    boolean hasSentenced() {
        return !sentence.isEmpty();
    }

    /** Kills the process after its threads have been looked at. */
    void sentence(String reason) {
        if (hasSentenced()) {
            return;
        }
        sentence = reason;
        if (link.isOpen()) {
            link.send(new MasterToWorker.DumpThreads());
            countdowns.start(Deadlines.Deadline.THREAD_DUMP, DUMP_PATIENCE);
        } else {
            execute();
        }
    }

    void onThreadDump(String text) {
        process.onThreadDump(text);
        execute();
    }

    /** The picture has come, or will not. */
    void execute() {
        if (hasSentenced()) {
            kill(sentence);
        }
    }

    /** Kills the process at once. */
    void kill(String reason) {
        if (process.isGone()) {
            return;
        }
        process.kill(reason);
        countdowns.startOnce(Deadlines.Deadline.KILL, KILL_PATIENCE);
    }
}
