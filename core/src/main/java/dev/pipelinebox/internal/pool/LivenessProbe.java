package dev.pipelinebox.internal.pool;

import dev.pipelinebox.internal.task.Durations;
import java.time.Duration;

/**
 * Whether a worker's process still answers: it acknowledges each message, and is sent a probe now and then if there is no
 * message. A frozen process does not answer, and neither its exit nor its input shows that. Pure state: it is given, at
 * intervals, the number of acknowledged messages and the time. Not thread-safe.
 */
public final class LivenessProbe {

    /** How many probes an idle process gets within its timeout. */
    private static final int PROBES = 4;

    private final long timeout;
    /** Less than any number of messages, so that the time before the first check does not count. */
    private long acknowledged = -1;

    private long answeredAt;
    /** Since when a message has been unacknowledged, at the earliest. */
    private long unansweredSince;

    /** The result of a check. */
    public enum Liveness {
        ALIVE,
        PROBE_DUE,
        UNRESPONSIVE
    }

    public LivenessProbe(Duration timeout) {
        this.timeout = Durations.nanos(timeout);
    }

    /**
     * Checks the process.
     *
     * @param lastAcknowledged the number of the last message that was acknowledged
     * @param isAllAcknowledged whether that is all of them
     * @param now nanoseconds during which this JVM was not suspended
     */
    public Liveness check(long lastAcknowledged, boolean isAllAcknowledged, long now) {
        boolean hasAnswered = lastAcknowledged > acknowledged;
        if (hasAnswered) {
            acknowledged = lastAcknowledged;
            answeredAt = now;
        }
        if (hasAnswered || isAllAcknowledged) {
            unansweredSince = now;
        }
        if (now - unansweredSince >= timeout) {
            return Liveness.UNRESPONSIVE;
        }
        return isAllAcknowledged && now - answeredAt >= timeout / PROBES ? Liveness.PROBE_DUE : Liveness.ALIVE;
    }
}
