package dev.pipelinebox.internal.link.message;

import dev.pipelinebox.internal.task.Payloads;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts small results of consecutive tasks into one envelope. Not thread-safe. */
public final class OutcomeJoiner {

    private List<OutcomeEnvelope> closed = new ArrayList<>();
    private final Payloads.Builder open = new Payloads.Builder();
    private long firstId;
    private int attempt;
    private int count;

    /** How many outcomes were added since they were taken. */
    public int count() {
        return count;
    }

    /** A task has failed, with this encoded report. */
    public void addFailure(long taskId, int ofAttempt, byte[] report) {
        addAlone(OutcomeEnvelope.failure(taskId, ofAttempt, report));
    }

    /** A task returned; the encoded result is {@code null} for null. */
    public void addResult(long taskId, int ofAttempt, byte @Nullable [] payload) {
        int bytes = payload == null ? 0 : payload.length;
        if (bytes >= Payloads.ALONE_BYTES) {
            addAlone(OutcomeEnvelope.of(taskId, ofAttempt, true, payload));
            return;
        }
        boolean follows = taskId == firstId + open.count() && ofAttempt == attempt;
        if (!follows || !open.hasRoomFor(1, bytes)) {
            close();
            firstId = taskId;
            attempt = ofAttempt;
        }
        open.add(payload);
        count++;
    }

    private void addAlone(OutcomeEnvelope outcome) {
        close();
        closed.add(outcome);
        count++;
    }

    private void close() {
        if (open.count() > 0) {
            closed.add(new OutcomeEnvelope(firstId, attempt, true, open.take()));
        }
        firstId = 0;
    }

    /** The outcomes since the last call, in a list that belongs to the receiver. */
    public List<OutcomeEnvelope> take() {
        close();
        List<OutcomeEnvelope> taken = closed;
        closed = new ArrayList<>();
        count = 0;
        return taken;
    }
}
