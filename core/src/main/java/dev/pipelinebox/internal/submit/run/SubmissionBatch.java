package dev.pipelinebox.internal.submit.run;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.internal.client.OutcomeListener;
import dev.pipelinebox.internal.client.Submitter;
import dev.pipelinebox.internal.submit.input.EncodedArgument;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a run on their way to the master: handed in together, as long as so many are at work that no worker waits
 * for them. Not thread-safe.
 */
final class SubmissionBatch {

    /** Tasks are handed in together while so many times more are at work. */
    private static final int BATCH_SHARE = 8;

    private static final int LARGEST_BATCH = 512;

    private final OutcomeListener caller;
    private final ResultBuffer arrivals;
    private final List<byte @Nullable []> pending = new ArrayList<>();
    private Submitter intake;

    SubmissionBatch(Submitter intake, OutcomeListener caller, ResultBuffer arrivals) {
        this.intake = intake;
        this.caller = caller;
        this.arrivals = arrivals;
    }

    /** From now on tasks go in here. */
    private void use(Submitter other) {
        if (other != intake) {
            flush();
            intake = other;
        }
    }

    /** Hands in a task at once, here, and returns its number. */
    long addNow(byte @Nullable [] payload, Submitter here) {
        long taskId = here.submit(Collections.singletonList(payload), caller);
        arrivals.taken(taskId);
        return taskId;
    }

    /** What cannot be written is a task that has a number and an outcome all the same. */
    void add(EncodedArgument next) {
        use(next.way());
        PayloadException problem = next.problem();
        if (problem == null) {
            pending.add(next.payload());
            flushUnlessPlentyIsAtWork();
        } else {
            flush();
            arrivals.taken(intake.refuse(intake.unwritable(next.argument(), problem), caller));
        }
    }

    void flushUnlessPlentyIsAtWork() {
        if (pending.isEmpty()) {
            return;
        }
        int atWork = intake.atEntrance(caller, arrivals.atWork());
        boolean plenty = pending.size() * BATCH_SHARE < atWork && atWork >= 2 * intake.workers();
        if (!plenty || pending.size() >= LARGEST_BATCH) {
            flush();
        }
    }

    void flush() {
        if (pending.isEmpty()) {
            return;
        }
        long first = intake.submit(pending, caller);
        for (int i = 0; i < pending.size(); i++) {
            arrivals.taken(first + i);
        }
        pending.clear();
    }

    /** How many have not been handed in yet. */
    int size() {
        return pending.size();
    }

    void clear() {
        pending.clear();
    }
}
