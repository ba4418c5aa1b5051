package dev.pipelinebox.internal.pool;

import dev.pipelinebox.internal.task.Durations;
import java.time.Duration;

/**
 * Whether a worker's process still answers: it acknowledges what it is told, and is asked for a sign now and then if there
 * is nothing to tell. One that is frozen does not, and neither its exit nor its input shows that. Pure state: it is told,
 * at intervals, how far the acknowledgements have come, and the time. Not thread-safe.
 */
public final class LivenessProbe {

    /** So often within the time that it has for an answer, a process that is told nothing is asked. */
    private static final int QUESTIONS = 4;

    private final long timeout;
    /** None, not even of nothing, so that the time before the first look does not count. */
    private long acknowledged = -1;

    private long answeredAt;
    /** Since when something has been without an answer, at the earliest. */
    private long owedSince;

    /** What is to be done. */
    public enum Verdict {
        WELL,
        ASK,
        SILENT
    }

    public LivenessProbe(Duration timeout) {
        this.timeout = Durations.nanos(timeout);
    }

    /**
     * Judges.
     *
     * @param lastAcknowledged the number of the last message that was acknowledged
     * @param owesNothing whether that is all of them
     * @param now nanoseconds in which this process was at work
     */
    public Verdict look(long lastAcknowledged, boolean owesNothing, long now) {
        boolean hasAnswered = lastAcknowledged > acknowledged;
        if (hasAnswered) {
            acknowledged = lastAcknowledged;
            answeredAt = now;
        }
        if (hasAnswered || owesNothing) {
            owedSince = now;
        }
        if (now - owedSince >= timeout) {
            return Verdict.SILENT;
        }
        return owesNothing && now - answeredAt >= timeout / QUESTIONS ? Verdict.ASK : Verdict.WELL;
    }
}
