package dev.pipelinebox.internal.submit.run;

import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.StageFailedException;
import dev.pipelinebox.api.WorkerStartException;
import dev.pipelinebox.internal.task.Outcome;
import java.util.Optional;

/** Ends a run whose input goes on when no worker is left to run it. */
final class NoWorkerPolicy {

    private NoWorkerPolicy() {}

    /** Why the run cannot go on, if a task failed because no worker is left. */
    static Optional<NoWorkerException> reason(Outcome outcome) {
        return outcome instanceof Outcome.Refused refused && isForLackOfWorkers(refused.error())
                ? Optional.of(new NoWorkerException(
                        "No worker is left to run the rest of the input; add workers and run it again: "
                                + refused.error().getMessage(),
                        refused.error()))
                : Optional.empty();
    }

    private static boolean isForLackOfWorkers(PipelineBoxException error) {
        Throwable reason = error instanceof StageFailedException ? error.getCause() : error;
        return reason instanceof NoWorkerException || reason instanceof WorkerStartException;
    }
}
