package dev.pipelinebox.internal.submit.pipeline;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.StageFailedException;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.internal.client.CallbackExecutor;
import dev.pipelinebox.internal.client.OutcomeDecoder;
import dev.pipelinebox.internal.client.OutcomeListener;
import dev.pipelinebox.internal.submit.pipeline.PipelineRun.Element;
import dev.pipelinebox.internal.task.Outcome;
import dev.pipelinebox.internal.task.Payloads;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The elements of a pipeline run in one stage: it takes the outcomes of their tasks and forwards results. Thread-safe. */
final class StageRun implements OutcomeListener {

    /** Forwards results off the actors' threads; it runs no user code but that of types. */
    private static final CallbackExecutor FORWARDING = new CallbackExecutor(null);

    private final PipelineStage stage;
    private final PipelineRun run;
    private final OutcomeDecoder decoder;
    private final Map<Long, Element> elements = new HashMap<>();
    private @Nullable PipelineBoxException masterEnd;
    private boolean cancelled;

    StageRun(PipelineStage stage, PipelineRun run) {
        this.stage = stage;
        this.run = run;
        this.decoder = new OutcomeDecoder(stage.codec(), stage.codec());
    }

    /** The lock is held until the ids of the tasks are kept, so that no outcome comes before. */
    synchronized void submit(long firstId, List<Payloads> arguments) {
        long taskId = stage.submitter().submit(arguments, this);
        long id = firstId;
        for (Payloads batch : arguments) {
            for (int i = 0; i < batch.count(); i++) {
                keep(taskId++, new Element(id++, batch.slice(i, i + 1)));
            }
        }
    }

    synchronized void refuse(long id, PipelineBoxException error) {
        keep(stage.submitter().refuse(error, this), new Element(id, Payloads.of(null)));
    }

    synchronized int inFlight() {
        return elements.size();
    }

    void register() {
        stage.submitter().register(this);
    }

    synchronized void cancel() {
        cancelled = true;
        stage.submitter().cancel(this);
    }

    void unregister() {
        stage.submitter().unregister(this);
    }

    @Override
    public void onOutcome(long taskId, Outcome outcome) {
        Element element;
        synchronized (this) {
            element = elements.remove(taskId);
        }
        if (element == null) {
            return;
        }
        if (run.isLast(stage) && outcome instanceof Outcome.Returned) {
            run.finish(element, outcome);
        } else {
            FORWARDING.execute(() -> proceed(element, taskId, outcome));
        }
    }

    @Override
    public void onMasterEnded(PipelineBoxException reason) {
        synchronized (this) {
            masterEnd = reason;
            elements.clear();
        }
        run.onMasterEnded(this, reason);
    }

    void fail(Element element, PipelineBoxException error) {
        StageFailedException failure = error instanceof StageFailedException known
                ? known
                : new StageFailedException(stage.number(), stage.workerClass(), run.argument(element), error);
        run.finish(element, new Outcome.Refused(failure));
    }

    @Nullable
    Object decodeArgument(Element element) {
        byte[] argument = element.argument().get(0);
        return stage.codec().readArgument(argument == null ? null : argument.clone());
    }

    private void keep(long taskId, Element element) {
        run.onSubmitted(element);
        elements.put(taskId, element);
    }

    private void proceed(Element element, long taskId, Outcome outcome) {
        try {
            if (outcome instanceof Outcome.Returned returned) {
                forward(element, returned.results().get(0));
            } else if (decoder.decode(taskId, outcome) instanceof TaskResult.Failure<?> failure) {
                fail(element, failure.error());
            }
        } catch (PayloadException unfit) {
            fail(element, unfit);
        } catch (Throwable broken) {
            fail(element, new PayloadException("The result cannot be forwarded to the next stage: " + broken, broken));
        }
    }

    private void forward(Element element, byte @Nullable [] result) {
        StageRun next = run.after(stage);
        byte[] argument = stage.codec().passOn(result, next.stage.codec());
        run.onForwarded(
                (argument == null ? 0 : argument.length) + element.argument().size());
        PipelineBoxException reason = next.take(element, argument);
        if (reason != null) {
            next.fail(element, reason);
        }
    }

    /** Returns why the element cannot be taken; {@code null} if it was taken, or its run is cancelled. */
    private synchronized @Nullable PipelineBoxException take(Element element, byte @Nullable [] payload) {
        if (masterEnd == null && !cancelled) {
            elements.put(stage.submitter().submit(List.of(Payloads.of(payload)), this), element);
        }
        return masterEnd;
    }
}
