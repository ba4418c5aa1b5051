package dev.pipelinebox.internal.submit.ask;

import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.QuarantinedTask;
import dev.pipelinebox.internal.client.AskAdmission;
import dev.pipelinebox.internal.client.CallbackExecutor;
import dev.pipelinebox.internal.client.MasterClient;
import dev.pipelinebox.internal.client.OutcomeDecoder;
import dev.pipelinebox.internal.client.Submitter;
import dev.pipelinebox.internal.schedule.Quarantine;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A task in the quarantine as its caller sees it. */
public record QuarantinedAsk<R extends @Nullable Object>(
        Quarantine.Entry entry,
        Quarantine quarantine,
        MasterClient pool,
        OutcomeDecoder reader,
        CallbackExecutor completion)
        implements QuarantinedTask<R> {

    @Override
    public long taskId() {
        return entry.task().id();
    }

    @Override
    public PipelineBoxException error() {
        return entry.error();
    }

    @Override
    public Instant since() {
        return entry.since();
    }

    @Override
    public CompletionStage<R> runAgain() {
        Submitter intake = pool.intake(entry.task().policy().onAny());
        PendingAsk<R> ask = new PendingAsk<>(intake, reader, AskAdmission.none(), completion);
        if (!ask.isPossible()) {
            return ask;
        }
        Quarantine.Entry released = quarantine
                .release(taskId())
                .orElseThrow(
                        () -> new IllegalStateException(
                                "Task " + entry.task().shown()
                                        + " is not in the quarantine any more: it was run again, or later ones took its place"));
        ask.submitEncoded(released.task().payload());
        return ask;
    }

    @Override
    public String toString() {
        return "task " + taskId() + ", given up at " + since() + ": " + error().getMessage();
    }
}
