package dev.pipelinebox.master;

import dev.pipelinebox.protocol.MasterToWorker;
import java.time.Duration;

/**
 * Ends a worker's process by force, if there is time after a picture of its threads was taken; and has it given up if not
 * even that ends it, as where the kernel waits for a device. Not thread-safe.
 */
final class Executioner {

    /** How long a process that is to be killed has for a picture of its threads. */
    private static final Duration DUMP_PATIENCE = Duration.ofSeconds(1);

    /** How long a process that was killed may take to be gone. */
    static final Duration KILL_PATIENCE = Duration.ofSeconds(10);

    private final Countdowns countdowns;
    private final WorkerConnection connection;
    private final HeldProcess process;
    private String sentence = "";

    Executioner(Countdowns countdowns, WorkerConnection connection, HeldProcess process) {
        this.countdowns = countdowns;
        this.connection = connection;
        this.process = process;
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
        if (connection.isOpen()) {
            connection.tell(new MasterToWorker.DumpThreads());
            countdowns.start(EntryCommand.Timer.DUMP_OVER, DUMP_PATIENCE);
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
        countdowns.startOnce(EntryCommand.Timer.KILL_OVER, KILL_PATIENCE);
    }
}
