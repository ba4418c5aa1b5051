package dev.pipelinebox.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.internal.codec.KeyCodec;
import dev.pipelinebox.internal.task.Batches;
import dev.pipelinebox.internal.task.Outcome;
import dev.pipelinebox.internal.task.OutcomeSink;
import dev.pipelinebox.internal.task.Policies;
import dev.pipelinebox.internal.task.Task;
import dev.pipelinebox.internal.task.TaskBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BacklogTest {

    private static final OutcomeSink CALLER = (taskId, outcome) -> {};
    private static final OutcomeSink OTHER_CALLER = (taskId, outcome) -> {};

    private final Backlog line = new Backlog(slot -> {});

    @Test
    void isFirstInFirstOut() {
        line.addLast(queued(1));
        line.addLast(queued(2));

        assertThat(first().tasks.firstId()).isEqualTo(1);
        assertThat(removeAllInTurn()).containsExactly(1L, 2L);
        assertThat(line.isEmpty()).isTrue();
    }

    @Test
    void letsInAtTheFront() {
        line.addLast(queued(1));
        line.addFirst(queued(2));

        assertThat(line.size()).isEqualTo(2);
        assertThat(removeAllInTurn()).containsExactly(2L, 1L);
    }

    @Test
    void doesNotCountThoseWhoRest() {
        line.delay(resting(1, 10));

        assertThat(line.isEmpty()).isTrue();
        assertThat(line.size()).isZero();
        assertThat(line.hasNoDelayed()).isFalse();
    }

    @Test
    void letsThoseInAtTheFrontWhoHaveRestedLongEnough() {
        line.addLast(queued(1));
        line.delay(resting(2, 10));
        line.delay(resting(3, 20));

        line.requeueDelayed(9);
        assertThat(line.size()).isEqualTo(1);

        line.requeueDelayed(10);
        assertThat(first().tasks.firstId()).isEqualTo(2);
        assertThat(line.size()).isEqualTo(2);
        assertThat(line.hasNoDelayed()).isFalse();

        line.requeueDelayed(20);
        assertThat(removeAllInTurn()).containsExactly(3L, 2L, 1L);
        assertThat(line.hasNoDelayed()).isTrue();
    }

    @Test
    void letsManyInAtTheFrontInTheOrderInWhichTheyCameToRest() {
        long last = 100_000;
        line.addLast(queued(0));
        for (long id = 1; id <= last; id++) {
            line.delay(resting(id, id % 2 == 0 ? 10 : 20));
        }

        line.requeueDelayed(10);
        assertThat(line.size()).isEqualTo(1 + 50_000);
        assertThat(removeAllInTurn())
                .isEqualTo(LongStream.concat(
                                LongStream.rangeClosed(1, last).filter(id -> id % 2 == 0), LongStream.of(0))
                        .boxed()
                        .toList());

        line.requeueDelayed(20);
        assertThat(removeAllInTurn())
                .isEqualTo(LongStream.rangeClosed(1, last)
                        .filter(id -> id % 2 == 1)
                        .boxed()
                        .toList());
        assertThat(line.hasNoDelayed()).isTrue();
    }

    @Test
    void takesOutTheTasksOfSeveralCallersTogether() {
        line.addLast(new QueuedBatch(task(1, TaskOptions.defaults(), CALLER), 0));
        line.addLast(new QueuedBatch(task(2, TaskOptions.defaults(), (taskId, outcome) -> {}), 0));
        line.addLast(queued(3));
        line.delay(resting(4, 10));

        assertThat(line.removeAllOf(Set.of(CALLER, OTHER_CALLER)))
                .extracting(Task::id)
                .containsExactly(1L, 3L, 4L);
        assertThat(line.hasNoDelayed()).isTrue();
        assertThat(removeAllInTurn()).containsExactly(2L);
    }

    @Test
    void takesOutWhoHasWaitedTooLong() {
        line.addLast(queued(1));
        line.addLast(limited(2, 0, 100));
        line.addLast(limited(3, 50, 100));

        assertThat(line.removeExpired(99)).isEmpty();
        assertThat(line.removeExpired(100)).extracting(Task::id).containsExactly(2L);
        assertThat(line.removeExpired(150)).extracting(Task::id).containsExactly(3L);
        assertThat(line.removeExpired(1_000_000)).isEmpty();
        assertThat(removeAllInTurn()).containsExactly(1L);
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS)
    void findsWhoHasWaitedTooLongWithoutGoingThroughAllThatWait() {
        int last = 30_000;
        for (long id = 1; id <= last; id++) {
            line.addLast(limited(id, id, last));
        }

        for (long now = 1; now <= last; now++) {
            assertThat(line.removeExpired(now).isEmpty()).isTrue();
        }
        for (long id = 1; id <= last; id++) {
            assertThat(line.removeExpired(last + id).get(0).id()).isEqualTo(id);
        }
        assertThat(line.isEmpty()).isTrue();
    }

    @Test
    void takesOutTheTasksOfACallerWithoutGoingThroughAllThatWait() {
        for (long id = 1; id <= 1_000; id++) {
            TaskOptions options = id % 3 == 0 ? TaskOptions.defaults().withKey(id % 7) : TaskOptions.defaults();
            line.addLast(new QueuedBatch(task(id, options, id == 500 ? CALLER : OTHER_CALLER), 0));
        }
        AtomicInteger lookups = new AtomicInteger();
        Set<OutcomeSink> cancelled = new HashSet<>(Set.of(CALLER)) {
            @Override
            public boolean contains(Object sink) {
                lookups.incrementAndGet();
                return super.contains(sink);
            }
        };

        assertThat(line.removeAllOf(cancelled)).extracting(Task::id).containsExactly(500L);
        assertThat(lookups).hasValueLessThan(10);
        assertThat(line.size()).isEqualTo(999);
    }

    @Test
    void takesOutTheTasksOfManyCallersWhereverTheyStand() {
        List<OutcomeSink> callers = new ArrayList<>();
        for (long id = 1; id <= 100; id++) {
            OutcomeSink caller = new Caller();
            callers.add(caller);
            TaskOptions options = id % 3 == 0 ? TaskOptions.defaults().withKey(id % 7) : TaskOptions.defaults();
            line.addLast(new QueuedBatch(task(id, options, caller), 0));
            line.addLast(new QueuedBatch(task(id + 100, options.withPriority(1), caller), 0));
        }

        for (int id = 100; id >= 1; id--) {
            assertThat(line.removeAllOf(Set.of(callers.get(id - 1))))
                    .extracting(Task::id)
                    .containsExactly(id + 100L, (long) id);
        }
        assertThat(line.isEmpty()).isTrue();
    }

    @Test
    void leavesWhoMayHaveStarted() {
        QueuedBatch queued = limited(1, 0, 100);
        line.addLast(queued);
        removeFirst();
        queued.mayHaveStarted = true;
        line.addFirst(queued);

        assertThat(line.removeExpired(1_000)).isEmpty();
    }

    @Test
    void stillSeesALimitAfterOthersWithOneHaveGoneEachWay() {
        line.addLast(limited(1, 0, 100));
        line.addLast(limited(2, 0, 100));
        line.addLast(new QueuedBatch(task(3, TaskOptions.defaults().withQueueTimeout(Duration.ofNanos(9)), CALLER), 0));
        line.addLast(limited(4, 0, 200));
        removeFirst();
        line.removeExpired(50);
        line.removeAllOf(Set.of(CALLER));

        assertThat(line.removeExpired(100)).extracting(Task::id).containsExactly(2L);
        assertThat(line.removeExpired(200)).extracting(Task::id).containsExactly(4L);
    }

    @Test
    void takesOutTheTasksOfOneCallerWhereverTheyAre() {
        line.addLast(new QueuedBatch(task(1, TaskOptions.defaults(), CALLER), 0));
        line.addLast(queued(2));
        line.delay(new QueuedBatch(task(3, TaskOptions.defaults(), CALLER), 0));
        line.delay(resting(4, 10));

        assertThat(line.removeAllOf(Set.of(CALLER))).extracting(Task::id).containsExactly(1L, 3L);
        line.requeueDelayed(10);
        assertThat(removeAllInTurn()).containsExactly(4L, 2L);
    }

    @Test
    void takesOutAll() {
        line.addLast(limited(1, 0, 100));
        line.delay(resting(2, 10));

        assertThat(line.removeAll()).extracting(Task::id).containsExactly(1L, 2L);
        assertThat(line.isEmpty()).isTrue();
        assertThat(line.hasNoDelayed()).isTrue();
        assertThat(line.removeExpired(100)).isEmpty();
    }

    /** One of several; told apart by identity. */
    private static final class Caller implements OutcomeSink {
        @Override
        public void onOutcome(long taskId, Outcome outcome) {
            throw new AssertionError("the line itself never delivers");
        }
    }

    private QueuedBatch first() {
        return Objects.requireNonNull(line.firstFor(0, false));
    }

    private QueuedBatch removeFirst() {
        QueuedBatch first = first();
        return line.removeFirst(first, 0, first.count());
    }

    private List<Long> removeAllInTurn() {
        List<Long> ids = new ArrayList<>();
        while (!line.isEmpty()) {
            ids.add(removeFirst().tasks.firstId());
        }
        return ids;
    }

    private static QueuedBatch resting(long id, long readyAt) {
        QueuedBatch queued = queued(id);
        queued.readyAt = readyAt;
        return queued;
    }

    private static QueuedBatch queued(long id) {
        return new QueuedBatch(task(id, TaskOptions.defaults(), OTHER_CALLER), 0);
    }

    private static QueuedBatch limited(long id, long addedAt, long limitNanos) {
        TaskOptions options = TaskOptions.defaults().withQueueTimeout(Duration.ofNanos(limitNanos));
        return new QueuedBatch(task(id, options, OTHER_CALLER), addedAt);
    }

    private static TaskBatch task(long id, TaskOptions options, OutcomeSink sink) {
        return Batches.of(id, null, Policies.attempts(3).with(options, KeyCodec::write), sink);
    }
}
