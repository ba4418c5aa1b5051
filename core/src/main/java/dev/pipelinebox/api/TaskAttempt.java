package dev.pipelinebox.api;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * One attempt of a task that ended its worker's process.
 *
 * @param attempt the number of the attempt, from 1
 * @param workerIndex the worker index
 * @param startedAt when the worker started it, to some 50 ms
 * @param lasted the time from then until the master noticed the end of the process
 * @param exit how the process ended
 * @serial exclude
 */
@SuppressWarnings("InvalidBlockTag") // known to Javadoc
public record TaskAttempt(int attempt, int workerIndex, Instant startedAt, Duration lasted, WorkerExit exit)
        implements Serializable {

    @Override
    public String toString() {
        return "attempt " + attempt + " on worker " + workerIndex + where() + " at " + startedAt + ", after "
                + lasted.toMillis() + " ms: " + exit.reason();
    }

    private String where() {
        return exit.host().equals(HostHandle.LOCAL) ? "" : " of host " + exit.host();
    }
}
