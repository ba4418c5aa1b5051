package dev.pipelinebox.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pipelinebox.internal.codec.FailureReport;
import dev.pipelinebox.internal.codec.ReportCodec;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The test's own thread takes the tasks, and so is the one that is interrupted. */
class WorkerQueueTest {

    private final WorkerQueue queue = new WorkerQueue(0);

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void givesTasksInTheirOrder() throws InterruptedException {
        add(1, 2);
        add(3);

        assertThat(List.of(takeAndFinish(), takeAndFinish(), takeAndFinish())).containsExactly(1L, 2L, 3L);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void isEmptyAlthoughATaskRuns() throws InterruptedException {
        add(1);
        queue.take();

        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void waitsForATask() throws Exception {
        CompletableFuture<RunningTask> taken = new CompletableFuture<>();
        Thread runner = takeOnAnotherThread(taken);
        await().until(() -> runner.getState() == Thread.State.WAITING);

        add(1);

        assertThat(taken.get(60, TimeUnit.SECONDS).taskId()).isEqualTo(1);
    }

    @Test
    void letsGoWhoWaitsWhenItIsStopped() throws Exception {
        CompletableFuture<RunningTask> taken = new CompletableFuture<>();
        Thread runner = takeOnAnotherThread(taken);
        await().until(() -> runner.getState() == Thread.State.WAITING);

        queue.stop(false);

        assertThat(taken.get(60, TimeUnit.SECONDS)).isNull();
    }

    @Test
    void forgetsWhatWasNotStartedWhenItIsStopped() throws InterruptedException {
        add(1, 2);
        queue.take();

        queue.stop(false);
        add(3);

        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.take()).isNull();
    }

    @Test
    void interruptsTheRunningTaskWhenItIsStoppedOnlyIfAskedTo() throws InterruptedException {
        add(1);
        queue.take();

        queue.stop(false);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();

        queue.stop(true);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void interruptsNoTaskWhenItIsStoppedBetweenTwoTasks() throws InterruptedException {
        add(1);
        takeAndFinish();

        queue.stop(true);

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void givesBackWhatWasNotStarted() throws InterruptedException {
        add(1, 2, 3, 4);
        queue.take();

        assertThat(queue.revoke(List.of(1L, 3L, 4L, 99L))).containsExactly(3L, 4L);
        queue.finished();
        assertThat(takeAndFinish()).isEqualTo(2);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void givesBackATaskOnlyOnce() {
        add(1);

        assertThat(queue.revoke(List.of(1L))).containsExactly(1L);
        assertThat(queue.revoke(List.of(1L))).isEmpty();
        assertThat(queue.cancel(List.of(1L))).isEmpty();
    }

    @Test
    void takesAgainATaskThatItGaveBack() throws InterruptedException {
        add(1);
        queue.revoke(List.of(1L));

        add(1);

        assertThat(takeAndFinish()).isEqualTo(1);
    }

    @Test
    void dropsACancelledTaskWithAnOutcomeThatSaysSo() throws InterruptedException {
        queue.add(List.of(TaskEnvelope.of(1, 2, null)));
        add(5);

        List<OutcomeEnvelope> dropped = queue.cancel(List.of(1L));

        assertThat(dropped).singleElement().satisfies(outcome -> {
            assertThat(outcome.firstId()).isEqualTo(1);
            assertThat(outcome.attempt()).isEqualTo(2);
            assertThat(outcome.success()).isFalse();
            assertThat(ReportCodec.read(outcome.payload()).kind()).isEqualTo(FailureReport.Kind.DROPPED);
        });
        assertThat(takeAndFinish()).isEqualTo(5);
    }

    @Test
    void interruptsACancelledTaskThatRuns() throws InterruptedException {
        add(1);
        queue.take();

        assertThat(queue.cancel(List.of(1L)))
                .as("its outcome comes when it ends")
                .isEmpty();

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void interruptsItOnlyOnceSoThatItCanCleanUp() throws InterruptedException {
        add(1);
        queue.take();
        queue.cancel(List.of(1L));
        Thread.interrupted();

        queue.cancel(List.of(1L));

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void interruptsNoOtherTaskThanTheCancelledOne() throws InterruptedException {
        add(1, 2);
        takeAndFinish();
        queue.take();

        queue.cancel(List.of(1L));

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void keepsALateInterruptFromTheNextTask() throws InterruptedException {
        add(1, 2);
        queue.take();
        queue.cancel(List.of(1L));

        queue.finished();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(takeAndFinish()).isEqualTo(2);
    }

    @Test
    void interruptsATaskThatIsCancelledInItsSecondRunToo() throws InterruptedException {
        add(1);
        queue.take();
        queue.cancel(List.of(1L));
        queue.finished();
        add(1);
        queue.take();

        queue.cancel(List.of(1L));

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    private void add(long... ids) {
        queue.add(
                LongStream.of(ids).mapToObj(id -> TaskEnvelope.of(id, 1, null)).toList());
    }

    private long takeAndFinish() throws InterruptedException {
        long taskId = queue.take().taskId();
        queue.finished();
        return taskId;
    }

    private Thread takeOnAnotherThread(CompletableFuture<RunningTask> taken) {
        Thread thread = new Thread(() -> {
            try {
                taken.complete(queue.take());
            } catch (InterruptedException failed) {
                taken.completeExceptionally(failed);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
