package dev.pipelinebox.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.pipelinebox.internal.bootstrap.DemandLimits;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OutcomeBufferTest {

    private static final long TINY = 1_000;
    private static final long LONG_ENOUGH = 2_000_000;
    private static final int MAX_BYTES = 1 << 20;

    private final OutcomeBuffer buffer =
            new OutcomeBuffer(new DemandEstimator(new DemandLimits(10_000, 512, 1 << 20)), MAX_BYTES);

    @Test
    void sendsAtOnceWhenNothingIsLeftToDo() {
        assertThat(add(1, 0, TINY, true)).isTrue();
    }

    @Test
    void waitsForMoreWhileThereIsMoreToDo() {
        assertThat(add(1, 0, TINY, false)).isFalse();
    }

    @Test
    void sendsWhenManyOutcomesHaveComeTogether() {
        for (int i = 1; i < 512; i++) {
            add(i, 0, TINY, false);
        }

        assertThat(add(512, 0, TINY, false)).isTrue();
    }

    @Test
    void sendsWhenManyBytesHaveComeTogether() {
        assertThat(add(1, 64 << 10, TINY, false)).isTrue();
    }

    @Test
    void sendsWhenTheLastTimeWasLongEnoughAgo() {
        assertThat(add(1, 0, LONG_ENOUGH - 1, false)).isFalse();
        assertThat(add(2, 0, 1, false)).isTrue();
    }

    @Test
    void sendsTheOutcomeOfALongTaskAtOnceThoughAnotherTaskIsThere() {
        assertThat(add(1, 0, LONG_ENOUGH, false)).isTrue();
    }

    @Test
    void aFewSmallOutcomesAreFew() {
        for (int i = 1; i <= 16; i++) {
            add(i, 256, TINY, false);
        }
        assertThat(buffer.areFew()).isTrue();

        add(17, 0, TINY, false);
        assertThat(buffer.areFew()).as("one more").isFalse();

        buffer.take();
        add(18, 4097, TINY, false);
        assertThat(buffer.areFew()).as("a byte more").isFalse();
    }

    @Test
    void startsAnewOnceItWasEmptied() {
        add(1, 60 << 10, TINY, false);
        add(2, 0, LONG_ENOUGH - 1, false);
        buffer.take();

        assertThat(add(3, 60 << 10, LONG_ENOUGH - 1, false)).isFalse();
    }

    @Test
    void isDueOnceUntilItIsEmptied() {
        assertThat(add(1, 0, TINY, true)).isTrue();
        assertThat(add(2, 0, TINY, true)).isFalse();
        buffer.take();

        assertThat(add(3, 0, TINY, true)).isTrue();
    }

    @Test
    void theRunnerWaitsWhileTooManyBytesAreUnsent() throws Exception {
        add(1, MAX_BYTES, TINY, true);
        buffer.awaitRoom();
        add(2, 1, TINY, true);
        CountDownLatch roomCame = new CountDownLatch(1);
        Thread runner = runner(roomCame);
        await().until(() -> runner.getState() == Thread.State.WAITING);

        buffer.take();
        buffer.onUnsent(MAX_BYTES + 1);
        await().until(() -> runner.getState() == Thread.State.WAITING);
        assertThat(roomCame.getCount()).isEqualTo(1);

        buffer.onUnsent(MAX_BYTES);
        assertThat(roomCame.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void noThreadWaitsOnceItIsAbandoned() throws Exception {
        add(1, MAX_BYTES + 1, TINY, true);
        CountDownLatch released = new CountDownLatch(1);
        Thread runner = runner(released);
        await().until(() -> runner.getState() == Thread.State.WAITING);

        buffer.abandon();

        assertThat(released.await(60, TimeUnit.SECONDS)).isTrue();
    }

    private Thread runner(CountDownLatch goesOn) {
        Thread runner = new Thread(
                () -> {
                    try {
                        buffer.awaitRoom();
                        goesOn.countDown();
                    } catch (InterruptedException unexpected) {
                        throw new IllegalStateException(unexpected);
                    }
                },
                "test-runner");
        runner.setDaemon(true);
        runner.start();
        return runner;
    }

    @Test
    void givesEachOutcomeOnceAndInOrder() {
        LongStream.rangeClosed(1, 3).forEach(id -> add(id, 0, TINY, false));

        add(5, 0, TINY, false);

        assertThat(buffer.take().outcomes())
                .extracting(OutcomeEnvelope::firstId, OutcomeEnvelope::count)
                .containsExactly(tuple(1L, 3), tuple(5L, 1));
        assertThat(buffer.take().outcomes()).isEmpty();
    }

    @Test
    void leavesABatchAloneThatItHasGiven() {
        add(1, 0, TINY, false);
        OutcomeBuffer.Batch batch = buffer.take();

        add(2, 0, TINY, false);

        assertThat(batch.outcomes()).hasSize(1);
    }

    @Test
    void saysTheDemandThatFitsTheTasksSeen() {
        assertThat(buffer.take().demand().tasks()).isEqualTo(1);

        LongStream.rangeClosed(1, 100).forEach(id -> add(id, 0, TINY, false));

        assertThat(buffer.take().demand().tasks()).isEqualTo(512);
    }

    private boolean add(long taskId, int bytes, long nanos, boolean nothingLeftToDo) {
        RunningTask task = new RunningTask(TaskEnvelope.of(taskId, 1, null), 0, 0);
        return buffer.add(task, new OutcomeBuffer.Ended(true, new byte[bytes]), nanos, nothingLeftToDo);
    }
}
