package dev.pipelinebox.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskTimeoutException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerboseMonitorTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    private final VerboseMonitor monitor = new VerboseMonitor(() -> stream);

    @Test
    void printsTheNameOfATaskInAllItsLines() {
        add(1, "nightly report");
        monitor.onTaskAttachedToWorker(0, 1);
        monitor.onEvent(new PoolEvent.TaskProgressed(0, 1, 0.5, "half"));
        monitor.onEvent(new PoolEvent.TaskRetried(0, 1, 1, Duration.ofMillis(5)));
        monitor.onEvent(new PoolEvent.TaskRequeued(0, 1));
        monitor.onResultRetrievedFromWorker(0, 1);

        assertThat(lines())
                .containsExactly(
                        "[master] + task 1",
                        "[master] task 1 is nightly report",
                        "[master] task 1 (nightly report) --> worker 0",
                        "[master] task 1 (nightly report) is at 50 %: half",
                        "[master] task 1 (nightly report) failed on worker 0, runs again in 5 ms",
                        "[master] task 1 (nightly report) back from worker 0, waits again",
                        "[master] task 1 (nightly report) <-- worker 0");
    }

    /** The name of a file or a message may be another's data. */
    @Test
    void letsNoTextDriveTheTerminalOrForgeALine() {
        add(1, "a\u001b[2Jb\n[master] task 7 is done\r\u202e");
        monitor.onEvent(new PoolEvent.TaskProgressed(0, 1, 0.5, "\u009b31m\u0007"));
        monitor.onWorkerAdded(0, "\u001b]0;title\u0007");

        assertThat(lines())
                .containsExactly(
                        "[master] + task 1",
                        "[master] task 1 is a\\u001b[2Jb\\u000a[master] task 7 is done\\u000d\\u202e",
                        "[master] task 1 (a\\u001b[2Jb\\u000a[master] task 7 is done\\u000d\\u202e) is at 50 %:"
                                + " \\u009b31m\\u0007",
                        "[master] + worker 0 with \\u001b]0;title\\u0007");
    }

    @Test
    void marksEachLineOfATextOfSeveral() {
        monitor.onEvent(new PoolEvent.SpareLost("it ended; its last output:\none\n\u001b[31mtwo"));

        assertThat(lines())
                .containsExactly(
                        "[master] a spare was lost: it ended; its last output:",
                        "[master] one",
                        "[master] \\u001b[31mtwo");
    }

    @Test
    void printsTheIdsOfTasksWithoutAName() {
        monitor.onTaskAdded(1);
        monitor.onTaskAttachedToWorker(0, 1);

        assertThat(lines()).containsExactly("[master] + task 1", "[master] task 1 --> worker 0");
    }

    @Test
    void forgetsANameAtTheEndOfItsTask() {
        add(1, "a");
        add(2, "b");
        add(3, "c");
        monitor.onResultRetrievedFromWorker(0, 1);
        monitor.onEvent(new PoolEvent.TaskAbandoned(0, 2));
        monitor.onEvent(new PoolEvent.TaskTimedOut(3, TaskTimeoutException.Limit.QUEUE));
        out.reset();

        for (long taskId = 1; taskId <= 3; taskId++) {
            monitor.onTaskAttachedToWorker(0, taskId);
        }

        assertThat(lines()).noneMatch(line -> line.contains("("));
    }

    @Test
    void forgetsTheOldestNamesOfVeryMany() {
        for (long taskId = 1; taskId <= 10_001; taskId++) {
            add(taskId, "x");
        }
        out.reset();

        monitor.onTaskAttachedToWorker(0, 1);
        monitor.onTaskAttachedToWorker(0, 2);

        assertThat(lines()).containsExactly("[master] task 1 --> worker 0", "[master] task 2 (x) --> worker 0");
    }

    private void add(long taskId, String name) {
        monitor.onTaskAdded(taskId);
        monitor.onEvent(new PoolEvent.TaskNamed(taskId, name));
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
