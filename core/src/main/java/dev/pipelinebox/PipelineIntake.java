package dev.pipelinebox;

import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.StageFailedException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The way into the first of several stages, which numbers what comes in for itself. Thread-safe. */
final class PipelineIntake implements Intake {

    private final List<Stage> stages;
    private final Map<Caller, Passage> passages = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();

    PipelineIntake(List<Stage> stages) {
        this.stages = stages;
    }

    @Override
    public long submit(List<byte @Nullable []> payloads, Caller caller) {
        long first = lastId.getAndAdd(payloads.size()) + 1;
        passage(caller).enter(first, payloads);
        return first;
    }

    @Override
    public long refuse(PipelineBoxException error, Caller caller) {
        long id = lastId.incrementAndGet();
        passage(caller).refuse(id, error);
        return id;
    }

    @Override
    public PipelineBoxException unwritable(@Nullable Object argument, PayloadException error) {
        Stage first = stages.get(0);
        return new StageFailedException(first.number(), first.workerClass(), argument, error);
    }

    @Override
    public void register(Caller caller) {
        passage(caller).register();
    }

    @Override
    public void cancel(Caller caller) {
        Passage passage = passages.get(caller);
        if (passage != null) {
            passage.cancel();
        }
    }

    @Override
    public void forget(Caller caller) {
        Passage passage = passages.remove(caller);
        if (passage != null) {
            passage.forget();
        }
    }

    @Override
    public boolean isOpen() {
        return stages.stream().allMatch(stage -> stage.intake().isOpen());
    }

    @Override
    public int atEntrance(Caller caller, int atWork) {
        return passage(caller).atEntrance();
    }

    @Override
    public int workers() {
        return stages.stream().mapToInt(stage -> stage.intake().workers()).sum();
    }

    @Override
    public void check() {
        stages.forEach(PipelineIntake::check);
    }

    private static void check(Stage stage) {
        String which = "Stage " + stage.number() + " (" + stage.workerClass() + "): ";
        try {
            stage.intake().check();
        } catch (NoWorkerException none) {
            throw new NoWorkerException(which + none.getMessage(), none);
        } catch (MasterClosedException closed) {
            throw new MasterClosedException(which + closed.getMessage(), closed);
        }
    }

    private Passage passage(Caller caller) {
        return passages.computeIfAbsent(caller, newcomer -> new Passage(stages, newcomer));
    }
}
