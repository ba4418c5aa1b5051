package dev.pipelinebox.internal.runtime;

import dev.pipelinebox.api.InvalidParametersException;
import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.internal.client.MasterClient;
import dev.pipelinebox.internal.codec.ParametersCodec;
import dev.pipelinebox.internal.codec.WorkerClass;
import dev.pipelinebox.internal.pool.WorkerSpec;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Adds workers to a master: checks their options and encodes their parameters before a process is started. */
public final class WorkerFactory {

    private final String workerClass;
    private final MasterClient client;
    private final WorkerLaunch launch;
    private final ParametersCodec codec;

    WorkerFactory(WorkerClass workerClass, MasterClient client, WorkerLaunch launch) {
        this.workerClass = workerClass.workerClass().getName();
        this.client = client;
        this.launch = launch;
        this.codec = new ParametersCodec(workerClass);
    }

    /**
     * Adds a worker.
     *
     * @throws InvalidParametersException if the parameters do not fit the constructor
     * @throws IllegalArgumentException if a worker cannot be started with the options
     * @throws MasterClosedException if the master is closed
     */
    public WorkerHandle add(@Nullable Object parameters, WorkerOptions options) {
        return add(1, parameters, options).get(0);
    }

    /** Adds several workers, as {@link #add(Object, WorkerOptions)} adds one. */
    public List<WorkerHandle> add(int n, @Nullable Object parameters, WorkerOptions options) {
        if (n < 1) {
            throw new IllegalArgumentException(
                    n + " workers cannot be added; give 1 or more, and stop workers by WorkerHandle.stop()");
        }
        client.checkOpen();
        launch.check(options);
        byte[] encoded = codec.write(parameters);
        launch.announce(n);
        return IntStream.range(0, n)
                .mapToObj(i -> addAnnounced(index -> new WorkerSpec(index, workerClass, parameters, encoded, options)))
                .toList();
    }

    private WorkerHandle addAnnounced(IntFunction<WorkerSpec> spec) {
        WorkerHandle worker = client.addWorker(spec);
        worker.ready().whenComplete((ready, failed) -> launch.settle(worker.index()));
        worker.ready().thenRun(launch::prepareNextStart);
        return worker;
    }
}
