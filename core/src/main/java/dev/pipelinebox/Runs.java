package dev.pipelinebox;

import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.ProgressListener;
import dev.pipelinebox.api.Results;
import dev.pipelinebox.master.TaskPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts the runs of a master, the next one of which collects tasks that are added before it. Thread-safe. */
final class Runs<R extends @Nullable Object> {

    private final Pool pool;
    private final OutcomeReader reader;
    private final Settings settings;
    private final List<ProgressListener> progress;
    private Run<R> next;

    Runs(Pool pool, OutcomeReader reader, Settings settings, List<ProgressListener> progress) {
        this.pool = pool;
        this.reader = reader;
        this.settings = settings;
        this.progress = progress;
        this.next = newRun();
    }

    /**
     * Starts a task, whose result is one of the next run's.
     *
     * @throws PayloadException if the argument cannot be written
     * @throws MasterClosedException if the master is closed
     */
    long add(@Nullable Object argument, TaskPolicy policy) {
        pool.checkOpen();
        byte[] payload = reader.codec().writeArgument(argument);
        synchronized (this) {
            return next.add(payload, policy);
        }
    }

    /**
     * Starts the next run.
     *
     * @throws NoWorkerException if there is no worker
     * @throws MasterClosedException if the master is closed
     */
    Results<R> start(Input<?> input, TaskPolicy policy) {
        try {
            pool.checkOpen();
            pool.checkWorkers();
        } catch (RuntimeException refused) {
            input.onEnd().run();
            throw refused;
        }
        Run<R> run;
        synchronized (this) {
            run = next;
            next = newRun();
        }
        run.expect(input.size(), policy);
        pool.register(run);
        return new RunResults<>(run, Feeder.feed(run, input));
    }

    /**
     * Starts a run of its own with the same task for each worker.
     *
     * @throws PayloadException if the argument cannot be written
     * @throws NoWorkerException if there is no worker
     * @throws MasterClosedException if the master is closed
     */
    Results<R> broadcast(@Nullable Object argument) {
        pool.checkOpen();
        byte[] payload = reader.codec().writeArgument(argument);
        Run<R> run = newRun();
        run.addForEachWorker(payload);
        pool.register(run);
        return new RunResults<>(run, () -> {});
    }

    private Run<R> newRun() {
        return new Run<>(pool, reader, new Window(settings.windowTasks(), settings.windowBytes()), progress);
    }
}
