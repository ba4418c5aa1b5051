package dev.pipelinebox.internal.submit.pipeline;

import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.internal.client.OutcomeListener;
import dev.pipelinebox.internal.task.Outcome;
import dev.pipelinebox.internal.task.Payloads;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The elements of one listener in all stages of a pipeline. Each has one outcome, whatever ends it. Thread-safe. */
final class PipelineRun {

    /** An element, with its argument of the first stage. */
    record Element(long id, Payloads argument) {}

    private final List<StageRun> stages;
    private final OutcomeListener listener;
    private final Map<Long, Element> inFlight = new ConcurrentHashMap<>();

    PipelineRun(List<PipelineStage> stages, OutcomeListener listener) {
        this.listener = listener;
        this.stages = stages.stream().map(stage -> new StageRun(stage, this)).toList();
    }

    /** Submits elements with consecutive ids to the first stage. */
    void submit(long firstId, List<Payloads> arguments) {
        first().submit(firstId, arguments);
    }

    void refuse(long id, PipelineBoxException error) {
        first().refuse(id, error);
    }

    int inFirstStage() {
        return first().inFlight();
    }

    void register() {
        stages.forEach(StageRun::register);
    }

    void cancel() {
        stages.forEach(StageRun::cancel);
    }

    void unregister() {
        stages.forEach(StageRun::unregister);
    }

    void onSubmitted(Element element) {
        inFlight.put(element.id(), element);
    }

    boolean isLast(PipelineStage stage) {
        return stage.number() == stages.size();
    }

    StageRun after(PipelineStage stage) {
        return stages.get(stage.number());
    }

    void onForwarded(int bytes) {
        listener.onForwarded(bytes);
    }

    /** Gives the listener the outcome of an element, unless it has one. */
    void finish(Element element, Outcome outcome) {
        if (inFlight.remove(element.id()) != null) {
            listener.onOutcome(element.id(), outcome);
        }
    }

    /** The master of a stage has ended: all elements fail there, whatever stage they are in. */
    void onMasterEnded(StageRun ended, PipelineBoxException reason) {
        inFlight.values().forEach(element -> ended.fail(element, reason));
        stages.stream().filter(stage -> stage != ended).forEach(StageRun::cancel);
        listener.onMasterEnded(reason);
    }

    /** The user's argument, for an error; {@code null} if it cannot be decoded. */
    @Nullable
    Object argument(Element element) {
        try {
            return first().decodeArgument(element);
        } catch (Throwable undecodable) {
            LoggerFactory.getLogger(PipelineRun.class)
                    .debug("The argument of element {} cannot be shown with its failure", element.id(), undecodable);
            return null;
        }
    }

    private StageRun first() {
        return stages.get(0);
    }
}
