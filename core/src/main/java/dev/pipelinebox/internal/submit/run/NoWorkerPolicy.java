package dev.pipelinebox.internal.submit.run;

import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.StageFailedException;
import dev.pipelinebox.api.WorkerStartException;
import dev.pipelinebox.internal.task.Outcome;
import java.util.Optional;

/** Nobody is left to run tasks, and nobody is to come: what that means for an input of which there is more. */
final class NoWorkerPolicy {

    private NoWorkerPolicy() {}

    /** Why a run cannot go on, if that is what this outcome tells. */
    static Optional<NoWorkerException> toldBy(Outcome outcome) {
        return outcome instanceof Outcome.Refused refused && isForLackOfWorkers(refused.error())
                ? Optional.of(new NoWorkerException(
                        "Nobody is left to run the rest of the input; add workers and run it again: "
                                + refused.error().getMessage(),
                        refused.error()))
                : Optional.empty();
    }

    private static boolean isForLackOfWorkers(PipelineBoxException error) {
        Throwable reason = error instanceof StageFailedException ? error.getCause() : error;
        return reason instanceof NoWorkerException || reason instanceof WorkerStartException;
    }
}
