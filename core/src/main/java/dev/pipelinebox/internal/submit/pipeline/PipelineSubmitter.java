package dev.pipelinebox.internal.submit.pipeline;

import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.StageFailedException;
import dev.pipelinebox.internal.client.OutcomeListener;
import dev.pipelinebox.internal.client.Submitter;
import dev.pipelinebox.internal.task.Payloads;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Submits elements to the first stage of a pipeline, and gives them ids of the pipeline's own. Thread-safe. */
public final class PipelineSubmitter implements Submitter {

    private final List<PipelineStage> stages;
    private final Map<OutcomeListener, PipelineRun> runs = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();

    public PipelineSubmitter(List<PipelineStage> stages) {
        this.stages = stages;
    }

    @Override
    public long submit(List<Payloads> arguments, OutcomeListener listener) {
        int count = arguments.stream().mapToInt(Payloads::count).sum();
        long first = lastId.getAndAdd(count) + 1;
        run(listener).submit(first, arguments);
        return first;
    }

    @Override
    public long refuse(PipelineBoxException error, OutcomeListener listener) {
        long id = lastId.incrementAndGet();
        run(listener).refuse(id, error);
        return id;
    }

    @Override
    public PipelineBoxException encodingFailure(@Nullable Object argument, PayloadException error) {
        PipelineStage first = stages.get(0);
        return new StageFailedException(first.number(), first.workerClass(), argument, error);
    }

    @Override
    public void register(OutcomeListener listener) {
        run(listener).register();
    }

    @Override
    public void cancel(OutcomeListener listener) {
        PipelineRun run = runs.get(listener);
        if (run != null) {
            run.cancel();
        }
    }

    @Override
    public void unregister(OutcomeListener listener) {
        PipelineRun run = runs.remove(listener);
        if (run != null) {
            run.unregister();
        }
    }

    @Override
    public boolean isOpen() {
        return stages.stream().allMatch(stage -> stage.submitter().isOpen());
    }

    @Override
    public int inFirstStage(OutcomeListener listener, int inFlight) {
        return run(listener).inFirstStage();
    }

    @Override
    public int workers() {
        return stages.stream().mapToInt(stage -> stage.submitter().workers()).sum();
    }

    @Override
    public void check() {
        stages.forEach(PipelineSubmitter::check);
    }

    private static void check(PipelineStage stage) {
        String which = "Stage " + stage.number() + " (" + stage.workerClass() + "): ";
        try {
            stage.submitter().check();
        } catch (NoWorkerException none) {
            throw new NoWorkerException(which + none.getMessage(), none);
        } catch (MasterClosedException closed) {
            throw new MasterClosedException(which + closed.getMessage(), closed);
        }
    }

    private PipelineRun run(OutcomeListener listener) {
        return runs.computeIfAbsent(listener, key -> new PipelineRun(stages, key));
    }
}
