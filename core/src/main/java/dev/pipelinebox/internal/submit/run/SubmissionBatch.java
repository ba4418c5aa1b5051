package dev.pipelinebox.internal.submit.run;

import dev.pipelinebox.internal.client.OutcomeListener;
import dev.pipelinebox.internal.client.Submitter;
import dev.pipelinebox.internal.submit.input.EncodedArguments;
import dev.pipelinebox.internal.task.Payloads;
import java.util.ArrayList;
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
    private final Payloads.Builder open = new Payloads.Builder();
    private List<Payloads> closed = new ArrayList<>();
    private int size;
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
        long taskId = other.submit(List.of(Payloads.of(payload)), run);
        results.add(taskId, 1);
        return taskId;
    }

    /** An argument that cannot be encoded becomes a task that fails, so that it has an id and an outcome. */
    void add(EncodedArguments next) {
        use(next.submitter());
        if (next instanceof EncodedArguments.Encoded encoded) {
            add(encoded.payloads());
            flushUnlessBusy();
        } else if (next instanceof EncodedArguments.Failed failed) {
            flush();
            results.add(submitter.refuse(submitter.encodingFailure(failed.argument(), failed.problem()), run), 1);
        }
    }

    private void add(Payloads next) {
        size += next.count();
        if (next.size() >= Payloads.ALONE_BYTES && next.count() == 1) {
            close();
            closed.add(next);
            return;
        }
        if (!open.hasRoomFor(next.count(), next.size())) {
            close();
        }
        open.addAll(next);
    }

    private void close() {
        if (open.count() > 0) {
            closed.add(open.take());
        }
    }

    /** Submits what waits, unless the workers have enough to do. */
    void flushUnlessBusy() {
        if (size == 0) {
            return;
        }
        int inFlight = submitter.inFirstStage(run, results.inFlight());
        boolean isBusy = size * IN_FLIGHT_SHARE < inFlight && inFlight >= 2 * submitter.workers();
        if (!isBusy || size >= MAX_SIZE) {
            flush();
        }
    }

    void flush() {
        if (size == 0) {
            return;
        }
        close();
        results.add(submitter.submit(closed, run), size);
        clear();
    }

    int size() {
        return size;
    }

    void clear() {
        open.clear();
        closed = new ArrayList<>();
        size = 0;
    }
}
