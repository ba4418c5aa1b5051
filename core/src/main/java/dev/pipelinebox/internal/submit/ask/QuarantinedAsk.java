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
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The caller's view of a task in the quarantine. */
public record QuarantinedAsk<R extends @Nullable Object>(
        Quarantine.Entry entry,
        Quarantine quarantine,
        MasterClient client,
        OutcomeDecoder decoder,
        CallbackExecutor callbacks)
        implements QuarantinedTask<R> {

    /** The tasks in the quarantine, in the order in which they were given up. */
    public static <R extends @Nullable Object> List<QuarantinedTask<R>> all(
            Quarantine quarantine, MasterClient client, OutcomeDecoder decoder, CallbackExecutor callbacks) {
        return quarantine.entries().stream()
                .<QuarantinedTask<R>>map(entry -> new QuarantinedAsk<>(entry, quarantine, client, decoder, callbacks))
                .toList();
    }

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
        Submitter submitter = client.submitter(entry.task().policy().onAny());
        PendingAsk<R> ask = new PendingAsk<>(submitter, decoder, AskAdmission.none(), callbacks);
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
