package dev.pipelinebox.internal.runtime;

import dev.pipelinebox.internal.client.AskAdmission;
import dev.pipelinebox.internal.client.OutcomeDecoder;
import dev.pipelinebox.internal.submit.Submissions;
import dev.pipelinebox.internal.submit.pipeline.PipelineStage;
import dev.pipelinebox.internal.submit.pipeline.PipelineSubmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The rooms of a pipeline, over those of its masters; it owns none of them. */
public final class PipelineRuntime<A extends @Nullable Object, R extends @Nullable Object> {

    private final List<PipelineStage> stages;
    private final Submissions<A, R> submissions;
    private final AskAdmission asks;

    /** Window, callbacks and progress are those of the other submissions. */
    private PipelineRuntime(List<PipelineStage> stages, Submissions<?, ?> like, AskAdmission asks) {
        this.stages = stages;
        this.asks = asks;
        OutcomeDecoder codec = new OutcomeDecoder(
                stages.get(0).codec(), stages.get(stages.size() - 1).codec());
        this.submissions = new Submissions<>(
                new PipelineSubmitter(stages), codec, like.windows(), like.progress(), like.callbacks());
    }

    public static <A extends @Nullable Object, R extends @Nullable Object> PipelineRuntime<A, R> from(
            MasterRuntime<A, R> first) {
        return new PipelineRuntime<>(
                List.of(first.stage(1)), first.submissions(), first.client().askAdmission());
    }

    public <S extends @Nullable Object> PipelineRuntime<A, S> to(MasterRuntime<?, S> next) {
        List<PipelineStage> longer = new ArrayList<>(stages);
        longer.add(next.stage(stages.size() + 1));
        return new PipelineRuntime<>(List.copyOf(longer), submissions, asks);
    }

    public Submissions<A, R> submissions() {
        return submissions;
    }

    public CompletionStage<R> ask(@Nullable Object argument) {
        return submissions.ask(argument, asks);
    }
}
