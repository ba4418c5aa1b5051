package dev.pipelinebox.internal.master;

import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import dev.pipelinebox.internal.link.WorkerLink;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.pool.Deadlines;
import dev.pipelinebox.internal.task.Durations;
import java.time.Duration;

/**
 * Ends a worker's process that is not ready or does not end in time: it takes a thread dump, if there is time, and kills the
 * process. It gives up if not even that ends it, as where the kernel waits for a device. Not thread-safe.
 */
final class Terminator {

    /** How long a process that is to be killed has for a thread dump. */
    private static final Duration DUMP_TIMEOUT = Duration.ofSeconds(1);

    /** How long a process that was killed may take to be gone. */
    static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);

    private final Deadlines deadlines;
    private final WorkerLink<MasterToWorker> link;
    private final ProcessState process;
    private final EngineSettings settings;

    Terminator(Deadlines deadlines, WorkerLink<MasterToWorker> link, ProcessState process, EngineSettings settings) {
        this.deadlines = deadlines;
        this.link = link;
        this.process = process;
        this.settings = settings;
    }

    /** From now on the process has the grace for its end, unless that has begun before. */
    void limitStop() {
        deadlines.startOnce(Deadlines.Deadline.STOP, settings.pool().grace());
    }

    /** The worker has stopped; in a cluster with other nodes its process needs time to leave. */
    void limitLeave() {
        if (settings.worker().process().cluster().isShared()) {
            deadlines.start(Deadlines.Deadline.STOP, settings.pool().grace().plus(ClusterSpec.LONGEST_LEAVE));
        } else {
            limitStop();
        }
    }

    void onExpired(Deadlines.Deadline deadline) {
        switch (deadline) {
            case START ->
                dumpAndKill("it was not ready within "
                        + Durations.shown(settings.pool().initTimeout()) + " (pipelinebox.worker.init-timeout)");
            case STOP ->
                kill("it did not stop within " + Durations.shown(settings.pool().grace())
                        + " (pipelinebox.shutdown.grace)");
            case LINK_ENDED -> kill("its connection to the master ended");
            case THREAD_DUMP -> kill();
            case KILL -> process.onNotEnding();
        }
    }

    /** Kills the process after a thread dump, unless another reason was decided before. */
    void dumpAndKill(String reason) {
        if (!process.terminate(reason)) {
            return;
        }
        if (link.isOpen()) {
            link.send(new MasterToWorker.DumpThreads());
            deadlines.start(Deadlines.Deadline.THREAD_DUMP, DUMP_TIMEOUT);
        } else {
            kill();
        }
    }

    void onThreadDump(String text) {
        process.onThreadDump(text);
        if (process.isTerminating()) {
            kill();
        }
    }

    /** Kills the process at once; a reason that was decided before stays. */
    void kill(String reason) {
        process.terminate(reason);
        kill();
    }

    private void kill() {
        if (!process.isGone()) {
            process.kill();
            deadlines.startOnce(Deadlines.Deadline.KILL, KILL_TIMEOUT);
        }
    }
}
