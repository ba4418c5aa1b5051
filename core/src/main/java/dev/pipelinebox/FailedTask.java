package dev.pipelinebox;

import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.QuarantinedTask;
import dev.pipelinebox.master.Quarantine;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A task in the quarantine as its caller sees it. */
record FailedTask<R extends @Nullable Object>(
        Quarantine.Patient patient, Quarantine quarantine, Pool pool, OutcomeReader reader, Completion completion)
        implements QuarantinedTask<R> {

    @Override
    public long taskId() {
        return patient.task().id();
    }

    @Override
    public PipelineBoxException error() {
        return patient.error();
    }

    @Override
    public Instant since() {
        return patient.since();
    }

    @Override
    public CompletionStage<R> runAgain() {
        Intake intake = pool.intake(patient.task().policy().onAny());
        Ask<R> ask = new Ask<>(intake, reader, AskLimit.none(), completion);
        if (!ask.isPossible()) {
            return ask;
        }
        Quarantine.Patient released = quarantine
                .release(taskId())
                .orElseThrow(
                        () -> new IllegalStateException(
                                "Task " + patient.task().shown()
                                        + " is not in the quarantine any more: it was run again, or later ones took its place"));
        ask.submitEncoded(released.task().payload());
        return ask;
    }

    @Override
    public String toString() {
        return "task " + taskId() + ", given up at " + since() + ": " + error().getMessage();
    }
}
