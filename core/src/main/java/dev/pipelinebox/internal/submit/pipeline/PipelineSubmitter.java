package dev.pipelinebox.internal.submit.pipeline;

import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.StageFailedException;
import dev.pipelinebox.internal.client.OutcomeListener;
import dev.pipelinebox.internal.client.Submitter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The way into the first of several stages, which numbers what comes in for itself. Thread-safe. */
public final class PipelineSubmitter implements Submitter {

    private final List<PipelineStage> stages;
    private final Map<OutcomeListener, PipelineRun> passages = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();

    public PipelineSubmitter(List<PipelineStage> stages) {
        this.stages = stages;
    }

    @Override
    public long submit(List<byte @Nullable []> payloads, OutcomeListener caller) {
        long first = lastId.getAndAdd(payloads.size()) + 1;
        passage(caller).enter(first, payloads);
        return first;
    }

    @Override
    public long refuse(PipelineBoxException error, OutcomeListener caller) {
        long id = lastId.incrementAndGet();
        passage(caller).refuse(id, error);
        return id;
    }

    @Override
    public PipelineBoxException unwritable(@Nullable Object argument, PayloadException error) {
        PipelineStage first = stages.get(0);
        return new StageFailedException(first.number(), first.workerClass(), argument, error);
    }

    @Override
    public void register(OutcomeListener caller) {
        passage(caller).register();
    }

    @Override
    public void cancel(OutcomeListener caller) {
        PipelineRun passage = passages.get(caller);
        if (passage != null) {
            passage.cancel();
        }
    }

    @Override
    public void forget(OutcomeListener caller) {
        PipelineRun passage = passages.remove(caller);
        if (passage != null) {
            passage.forget();
        }
    }

    @Override
    public boolean isOpen() {
        return stages.stream().allMatch(stage -> stage.intake().isOpen());
    }

    @Override
    public int atEntrance(OutcomeListener caller, int atWork) {
        return passage(caller).atEntrance();
    }

    @Override
    public int workers() {
        return stages.stream().mapToInt(stage -> stage.intake().workers()).sum();
    }

    @Override
    public void check() {
        stages.forEach(PipelineSubmitter::check);
    }

    private static void check(PipelineStage stage) {
        String which = "Stage " + stage.number() + " (" + stage.workerClass() + "): ";
        try {
            stage.intake().check();
        } catch (NoWorkerException none) {
            throw new NoWorkerException(which + none.getMessage(), none);
        } catch (MasterClosedException closed) {
            throw new MasterClosedException(which + closed.getMessage(), closed);
        }
    }

    private PipelineRun passage(OutcomeListener caller) {
        return passages.computeIfAbsent(caller, newcomer -> new PipelineRun(stages, newcomer));
    }
}
