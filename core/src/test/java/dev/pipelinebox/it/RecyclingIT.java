package dev.pipelinebox.it;

import static dev.pipelinebox.Patience.PATIENCE;
import static dev.pipelinebox.it.Pools.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.WorkerHandle;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Workers are replaced before they fail, and by others that are ready when they do. */
@ExtendWith(NoProcessLeft.class)
class RecyclingIT {

    private static final FaultyWorker.Parameters WELL = new FaultyWorker.Parameters("none");

    private final Events events = new Events();

    @Test
    void aWorkerGoesOnUntilItsReplacementIsBuilt() {
        try (Master<Integer, Long> master = Master.of(Workers.Pid.class)
                .config(ConfigFactory.parseString("pipelinebox.worker.recycle.after-tasks = 10"))
                .monitor(events)
                .start()) {
            WorkerHandle worker = master.addWorker();
            ready(worker);
            long first = worker.pid();
            Map<Long, Integer> tasksOf = new ConcurrentHashMap<>();
            AtomicInteger given = new AtomicInteger();
            Stream<Integer> untilAnotherWorks = Stream.generate(() -> 10)
                    .limit(6_000)
                    .takeWhile(task -> tasksOf.size() < 2)
                    .peek(task -> given.incrementAndGet());
            for (TaskResult<Long> result : master.runAll(untilAnotherWorks)) {
                tasksOf.merge(result.value(), 1, Integer::sum);
            }

            assertThat(tasksOf).hasSizeGreaterThan(1);
            assertThat(tasksOf.get(first)).as("tasks of the first worker").isGreaterThan(10);
            assertThat(tasksOf.values().stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(given.get());
            assertThat(worker.pid()).isNotEqualTo(first);
            assertThat(events.of(PoolEvent.WorkerWornOut.class).get(0).reason())
                    .contains("pipelinebox.worker.recycle.after-tasks");
            assertThat(events.of(PoolEvent.TaskAbandoned.class)).isEmpty();
            await().until(() -> ProcessHandle.of(first).isEmpty());
        }
    }

    @Test
    void aWorkerIsReplacedAtItsAge() {
        try (Master<Integer, Long> master = Master.of(Workers.Pid.class)
                .config(ConfigFactory.parseString("pipelinebox.worker.recycle.after = 2 s"))
                .monitor(events)
                .start()) {
            WorkerHandle worker = master.addWorker();
            ready(worker);
            long first = worker.pid();

            await().until(() -> worker.pid() != first);

            assertThat(events.of(PoolEvent.WorkerWornOut.class).get(0).reason())
                    .contains("pipelinebox.worker.recycle.after)");
            assertThat(master.ask(0).toCompletableFuture())
                    .succeedsWithin(PATIENCE)
                    .isNotEqualTo(first);
        }
    }

    @Test
    void aWorkerThatIsUnwellOrTooLargeIsReplaced() throws Exception {
        try (Master<String, Object> master = Master.of(FaultyWorker.class)
                .config(ConfigFactory.parseString(
                        "pipelinebox.worker { recycle.above-memory = 400 MiB, heap = 900 MiB, spares = 1 }"))
                .monitor(events)
                .start()) {
            WorkerHandle worker = master.addWorker(WELL);
            ready(worker);
            for (String fault : List.of("feel-unwell", "grow 400")) {
                await().until(() -> events.of(PoolEvent.SpareBecameReady.class).size()
                        > events.of(PoolEvent.WorkerWornOut.class).size());
                long before = worker.pid();
                assertThat(master.ask(fault).toCompletableFuture().get(30, TimeUnit.SECONDS))
                        .isEqualTo(fault);
                await().until(() -> worker.pid() != before);
                assertThat(master.ask("pid").toCompletableFuture().get(30, TimeUnit.SECONDS))
                        .isEqualTo((int) worker.pid());
            }
            assertThat(events.of(PoolEvent.WorkerWornOut.class))
                    .extracting(PoolEvent.WorkerWornOut::reason)
                    .satisfiesExactly(
                            unwell -> assertThat(unwell).contains("not healthy"),
                            large -> assertThat(large).contains("MiB", "pipelinebox.worker.recycle.above-memory"));
        }
    }

    @Test
    void aSpareReplacesAWorkerWhoseProcessEnds() throws Exception {
        try (Master<String, Object> master = Master.of(FaultyWorker.class)
                .config(ConfigFactory.parseString("pipelinebox.worker.spares = 1"))
                .monitor(events)
                .start()) {
            WorkerHandle other = master.addWorker(WELL);
            WorkerHandle worker = master.addWorker(WELL);
            ready(other, worker);
            other.stop().toCompletableFuture().get(30, TimeUnit.SECONDS);
            await().until(() -> !events.of(PoolEvent.SpareBecameReady.class).isEmpty());
            assertThat(master.ask("worker-index").toCompletableFuture().get(30, TimeUnit.SECONDS))
                    .isEqualTo(1);
            long spare = events.of(PoolEvent.SpareBecameReady.class).get(0).pid();

            ProcessHandle.of(worker.pid()).orElseThrow().destroyForcibly();

            assertThat(master.ask("pid").toCompletableFuture().get(30, TimeUnit.SECONDS))
                    .isEqualTo((int) spare);
            assertThat(master.ask("worker-index").toCompletableFuture().get(30, TimeUnit.SECONDS))
                    .as("the number of the place")
                    .isEqualTo(1);
            assertThat(worker.pid()).isEqualTo(spare);
            await().until(() -> events.of(PoolEvent.SpareBecameReady.class).size() == 2);
        }
    }
}
