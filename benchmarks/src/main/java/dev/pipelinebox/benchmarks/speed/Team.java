package dev.pipelinebox.benchmarks.speed;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.api.Worker;
import dev.pipelinebox.api.WorkerHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A master whose workers are ready.
 *
 * @param master the master
 * @param workers its workers
 */
record Team<A, R>(Master<A, R> master, List<WorkerHandle> workers) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** A master as it is if nothing is set. */
    static <A, R> Team<A, R> of(Class<? extends Worker<A, R>> type, int size) throws Exception {
        return of(type, size, ConfigFactory.empty());
    }

    static <A, R> Team<A, R> of(Class<? extends Worker<A, R>> type, int size, Config settings) throws Exception {
        Master<A, R> master = Master.of(type).config(settings).start();
        try {
            List<WorkerHandle> workers = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                workers.add(master.addWorker());
            }
            for (WorkerHandle worker : workers) {
                awaitReady(worker);
            }
            return new Team<>(master, List.copyOf(workers));
        } catch (Exception | Error failed) {
            master.close();
            throw failed;
        }
    }

    static void awaitReady(WorkerHandle worker) throws Exception {
        worker.ready().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    R ask(A argument) throws Exception {
        return master.ask(argument).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        master.close();
    }
}
