package dev.pipelinebox.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.PoolEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkloadMaxCounterTest {

    private final WorkloadMaxCounter counter = new WorkloadMaxCounter(false);

    @Test
    void drawsTheDoneTasksThenALineAWorkerWithItsLoadAndItsMaximum() {
        counter.onWorkerAdded(0, "Alice");
        counter.onWorkerAdded(1, "Bob");
        for (int task = 1; task <= 4; task++) {
            counter.onTaskAdded(task);
        }
        counter.onTaskAttachedToWorker(0, 1);
        counter.onTaskAttachedToWorker(0, 2);
        counter.onTaskAttachedToWorker(1, 3);
        counter.onResultRetrievedFromWorker(0, 1);

        assertThat(counter).hasToString("1 of 4\n0:\t1 (2)\n1:\t1 (1)");
    }

    @Test
    void drawsThatNothingIsDoneOfNothing() {
        assertThat(counter.toString().strip()).isEqualTo("0 of 0");
    }

    @Test
    void keepsTheGreatestLoad() {
        counter.onWorkerAdded(0, null);
        counter.onTaskAttachedToWorker(0, 1);
        counter.onResultRetrievedFromWorker(0, 1);
        counter.onTaskAttachedToWorker(0, 2);

        assertThat(counter.toString()).endsWith("0:\t1 (1)");
    }

    @Test
    void countsNoRequeuedTaskNeitherAsDone() {
        counter.onWorkerAdded(0, null);
        counter.onTaskAdded(1);
        counter.onTaskAdded(2);
        counter.onTaskAttachedToWorker(0, 1);
        counter.onTaskAttachedToWorker(0, 2);

        counter.onEvent(new PoolEvent.TaskRequeued(0, 1));
        counter.onEvent(new PoolEvent.TaskAbandoned(0, 2));

        assertThat(counter).hasToString("0 of 2\n0:\t0 (2)");
    }

    @Test
    void countsARetriedTaskOnlyOnceItIsAssignedAgainAndNotAsDone() {
        counter.onWorkerAdded(0, null);
        counter.onTaskAdded(1);
        counter.onTaskAttachedToWorker(0, 1);

        counter.onEvent(new PoolEvent.TaskRetried(0, 1, 1, Duration.ofSeconds(1)));
        assertThat(counter).hasToString("0 of 1\n0:\t0 (1)");

        counter.onTaskAttachedToWorker(0, 1);
        assertThat(counter).hasToString("0 of 1\n0:\t1 (1)");
    }

    @Test
    void startsEachDrawingAtTheTopLeftOfATerminal() {
        WorkloadMaxCounter onTerminal = new WorkloadMaxCounter(true);
        onTerminal.onWorkerAdded(0, null);

        assertThat(onTerminal).hasToString("\033[H0 of 0\033[K\n0:\t0 (0)\033[K\n");
    }
}
