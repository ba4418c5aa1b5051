package dev.pipelinebox.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.PoolEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkloadCounterTest {

    private final WorkloadCounter counter = new WorkloadCounter(false);

    @Test
    void drawsALineAWorkerWithItsIndexATabAndItsLoad() {
        counter.onWorkerAdded(0, "Alice");
        counter.onWorkerAdded(1, "Bob");
        counter.onTaskAttachedToWorker(1, 1);
        counter.onTaskAttachedToWorker(1, 2);
        counter.onTaskAttachedToWorker(0, 3);
        counter.onResultRetrievedFromWorker(0, 3);

        assertThat(counter).hasToString("0:\t0\n1:\t2");
    }

    @Test
    void drawsNothingWithoutWorkers() {
        assertThat(counter).hasToString("");
    }

    @Test
    void drawsWorkersInTheOrderOfTheirIndexes() {
        counter.onWorkerAdded(10, null);
        counter.onWorkerAdded(9, null);

        assertThat(counter).hasToString("9:\t0\n10:\t0");
    }

    @Test
    void countsNoTaskThatWasRequeuedOrGivenUp() {
        counter.onWorkerAdded(0, null);
        counter.onTaskAttachedToWorker(0, 1);
        counter.onTaskAttachedToWorker(0, 2);
        counter.onTaskAttachedToWorker(0, 3);

        counter.onEvent(new PoolEvent.TaskRequeued(0, 1));
        counter.onEvent(new PoolEvent.TaskAbandoned(0, 2));
        counter.onEvent(new PoolEvent.WorkerStarted(0, 4711));

        assertThat(counter).hasToString("0:\t1");
    }

    @Test
    void countsARetriedTaskOnlyOnceItIsAssignedAgain() {
        counter.onWorkerAdded(0, null);
        counter.onWorkerAdded(1, null);
        counter.onTaskAttachedToWorker(0, 1);
        counter.onTaskAttachedToWorker(0, 2);

        counter.onEvent(new PoolEvent.TaskRetried(0, 1, 1, Duration.ofSeconds(1)));
        assertThat(counter).hasToString("0:\t1\n1:\t0");

        counter.onTaskAttachedToWorker(1, 1);
        assertThat(counter).hasToString("0:\t1\n1:\t1");
    }

    @Test
    void startsEachDrawingAtTheTopLeftOfATerminal() {
        WorkloadCounter onTerminal = new WorkloadCounter(true);
        onTerminal.onWorkerAdded(0, null);
        onTerminal.onWorkerAdded(1, null);

        assertThat(onTerminal).hasToString("\033[H0:\t0\033[K\n1:\t0\033[K\n");
    }
}
