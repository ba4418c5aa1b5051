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
 * Arguments of a run that wait to be submitted together, as long as so many tasks are in flight that no worker waits for
 * them. Not thread-safe.
 */
final class SubmissionBatch {

    /** A batch waits only while so many times more tasks are in flight. */
    private static final int IN_FLIGHT_SHARE = 8;

    private static final int MAX_SIZE = 512;

    private final OutcomeListener run;
    private final ResultBuffer results;
    private final List<byte @Nullable []> pending = new ArrayList<>();
    private Submitter submitter;

    SubmissionBatch(Submitter submitter, OutcomeListener run, ResultBuffer results) {
        this.submitter = submitter;
        this.run = run;
        this.results = results;
    }

    /** The next arguments are submitted in another way. */
    private void use(Submitter other) {
        if (other != submitter) {
            flush();
            submitter = other;
        }
    }

    /** Submits a task alone and at once; returns its id. */
    long submitNow(byte @Nullable [] payload, Submitter other) {
        long taskId = other.submit(Collections.singletonList(payload), run);
        results.add(taskId);
        return taskId;
    }

    /** An argument that cannot be encoded becomes a task that fails, so that it has an id and an outcome. */
    void add(EncodedArgument next) {
        use(next.submitter());
        PayloadException problem = next.problem();
        if (problem == null) {
            pending.add(next.payload());
            flushUnlessBusy();
        } else {
            flush();
            results.add(submitter.refuse(submitter.encodingFailure(next.argument(), problem), run));
        }
    }

    /** Submits what waits, unless the workers have enough to do. */
    void flushUnlessBusy() {
        if (pending.isEmpty()) {
            return;
        }
        int inFlight = submitter.inFirstStage(run, results.inFlight());
        boolean isBusy = pending.size() * IN_FLIGHT_SHARE < inFlight && inFlight >= 2 * submitter.workers();
        if (!isBusy || pending.size() >= MAX_SIZE) {
            flush();
        }
    }

    void flush() {
        if (pending.isEmpty()) {
            return;
        }
        long first = submitter.submit(pending, run);
        for (int i = 0; i < pending.size(); i++) {
            results.add(first + i);
        }
        pending.clear();
    }

    int size() {
        return pending.size();
    }

    void clear() {
        pending.clear();
    }
}
