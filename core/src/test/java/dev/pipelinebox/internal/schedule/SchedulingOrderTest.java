package dev.pipelinebox.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.Retry;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.internal.codec.KeyCodec;
import dev.pipelinebox.internal.task.Batches;
import dev.pipelinebox.internal.task.Demand;
import dev.pipelinebox.internal.task.Policies;
import dev.pipelinebox.internal.task.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which task is assigned where and when, if tasks have priorities, keys or a slot of their own, and in a pause. */
class SchedulingOrderTest extends SchedulerFixture {

    private static final TaskOptions A = DEFAULTS.withKey("a");
    private static final TaskOptions B = DEFAULTS.withKey("b");
    private static final TaskOptions C = DEFAULTS.withKey("c");
    private static final Retry RETRY =
            Retry.on(IOException.class).withBackoff(Duration.ofMillis(10), Duration.ofMillis(10));

    @Nested
    class TasksWithPriorities {

        @Test
        void theHighestPriorityIsAssignedFirst() {
            add(1, DEFAULTS);
            add(2, DEFAULTS.withPriority(-1));
            add(3, DEFAULTS.withPriority(5));
            add(4, DEFAULTS.withPriority(Integer.MAX_VALUE));
            add(5, DEFAULTS.withPriority(Integer.MIN_VALUE));
            worker(0, MANY);

            assertThat(assignedTo(0)).containsExactly(4L, 3L, 1L, 2L, 5L);
        }

        @Test
        void equalPrioritiesAreAssignedFirstInFirstOut() {
            add(1, DEFAULTS.withPriority(1));
            add(2, DEFAULTS);
            add(3, DEFAULTS.withPriority(1));
            add(4, DEFAULTS.withPriority(0));
            worker(0, MANY);

            assertThat(assignedTo(0)).containsExactly(1L, 3L, 2L, 4L);
        }

        @Test
        void tasksAreRequeuedAtTheFrontOfTheirPriority() {
            worker(0, MANY);
            add(1, DEFAULTS);
            add(2, DEFAULTS.withPriority(1));
            scheduler.assign();
            add(3, DEFAULTS);
            add(4, DEFAULTS.withPriority(1));
            scheduler.stopRequested(0);
            scheduler.workerLost(0, Policies.SOME_END);
            worker(1, MANY);

            assertThat(assignedTo(1)).containsExactly(2L, 4L, 1L, 3L);
        }

        @Test
        void expiredAndCancelledTasksAreRemovedFromEachPriority() {
            add(1, DEFAULTS.withPriority(1).withQueueTimeout(Duration.ofMillis(5)));
            add(2, DEFAULTS.withPriority(1));
            scheduler.add(task(3, DEFAULTS.withPriority(2), OTHER_CALLER));

            at(5);
            assertThat(scheduler.expired()).extracting(Task::id).containsExactly(1L);
            assertThat(scheduler.cancel(Set.of(OTHER_CALLER)).dropped())
                    .extracting(Task::id)
                    .containsExactly(3L);
            assertThat(scheduler.removeQueued()).extracting(Task::id).containsExactly(2L);
            assertThat(scheduler.isEmpty()).isTrue();
        }

        @Test
        void anAffinityQueueHasThePriorityOfItsFirstTaskAndKeepsItsOrder() {
            add(1, A);
            add(2, A.withPriority(9));
            add(3, DEFAULTS.withPriority(1));
            add(4, B.withPriority(2));
            worker(0, MANY);

            assertThat(assignedTo(0)).containsExactly(4L, 3L, 1L, 2L);
        }
    }

    @Nested
    class TasksOfAnAffinityQueue {

        @Test
        void theyAreAssignedToTheSameProcessAlthoughAnotherIsIdle() {
            worker(0, ONE);
            worker(1, ONE);
            add(1, A);
            assertThat(assignedTo(0)).containsExactly(1L);
            add(2, A);
            add(3, A);

            assertThat(scheduler.assign()).isEmpty();
            scheduler.finish(0, 1, 1, 1);
            assertThat(assignedTo(0)).containsExactly(2L);
            scheduler.finish(0, 2, 1, 1);
            assertThat(assignedTo(0)).containsExactly(3L);
        }

        @Test
        void theyHaveEqualKeys() {
            worker(0, ONE);
            worker(1, ONE);
            add(1, DEFAULTS.withKey(List.of("x", 1)));
            add(2, DEFAULTS.withKey(List.of("x", 1)));
            add(3, DEFAULTS.withKey(List.of("x", 2)));

            assertThat(assigned()).containsExactlyInAnyOrderEntriesOf(Map.of(0L, List.of(1L), 1L, List.of(3L)));
        }

        @Test
        void theyDoNotDelayOtherTasksBehindThem() {
            worker(0, ONE);
            worker(1, ONE);
            add(1, A);
            add(2, A);
            add(3, A);
            add(4, DEFAULTS);
            add(5, B);

            assertThat(assigned()).containsExactlyInAnyOrderEntriesOf(Map.of(0L, List.of(1L), 1L, List.of(4L)));
            scheduler.finish(1, 4, 1, 1);
            assertThat(assignedTo(1)).containsExactly(5L);
        }

        @Test
        void theyAreAssignedTogetherIfTheProcessAsksForSeveral() {
            worker(0, MANY);
            worker(1, MANY);
            add(1, A);
            add(2, B);
            add(3, A);
            add(4, B);
            add(5, A);

            assertThat(assigned())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(0L, List.of(1L, 3L, 5L), 1L, List.of(2L, 4L)));
        }

        @Test
        void theyAreAssignedInBatchesEachWhenTheLastIsFinished() {
            worker(0, new Demand(3, 1 << 20));
            addAll(A, 1, 2);
            scheduler.assign();
            addAll(A, 3, 4);

            scheduler.finish(0, 1, 1, 1);
            assertThat(scheduler.assign()).isEmpty();
            scheduler.finish(0, 2, 1, 1);
            assertThat(assignedTo(0)).containsExactly(3L, 4L);
        }

        @Test
        void theyKeepTheirSlotWhenThereWereNoneForAWhile() {
            worker(0, ONE);
            worker(1, ONE);
            add(1, A);
            scheduler.assign();
            scheduler.finish(0, 1, 1, 1);
            addForSlot(2, 0);
            assertThat(assignedTo(0)).containsExactly(2L);
            add(3, A);

            assertThat(scheduler.assign()).isEmpty();
        }

        @Test
        void theirSlotIsForgottenWhenManyOtherKeysWereUsedAfterTheirs() {
            worker(0, ONE);
            runOn(0, A);
            runOn(0, B);
            for (int other = 0; other < AffinityQueues.MOST_REMEMBERED - 2; other++) {
                runOn(0, DEFAULTS.withKey(other));
            }
            runOn(0, A);
            runOn(0, DEFAULTS.withKey("one more"));
            worker(1, ONE);

            add(2, A);
            add(3, B);

            assertThat(assigned()).containsExactlyInAnyOrderEntriesOf(Map.of(0L, List.of(2L), 1L, List.of(3L)));
        }

        @Test
        void theirSlotIsNeverForgottenWhileOneIsInFlight() {
            worker(0, ONE);
            add(1, A);
            scheduler.assign();
            worker(1, ONE);
            for (int other = 0; other <= AffinityQueues.MOST_REMEMBERED; other++) {
                runOn(1, DEFAULTS.withKey(other));
            }
            add(2, A);

            assertThat(scheduler.assign()).isEmpty();
            scheduler.finish(0, 1, 1, 1);
            assertThat(assignedTo(0)).containsExactly(2L);
        }

        @Test
        void theirKeysAreSpreadOverIdleProcesses() {
            worker(0, ONE);
            worker(1, ONE);
            Map<Long, Integer> keys = new HashMap<>();
            for (int key = 0; key < 10; key++) {
                add(100 + key, DEFAULTS.withKey(key));
                Lease lease = scheduler.assign().get(0);
                scheduler.finish(lease.process(), 100 + key, 1, 1);
                keys.merge(lease.process(), 1, Integer::sum);
            }

            assertThat(keys).isEqualTo(Map.of(0L, 5, 1L, 5));
        }

        private void addTenKeysWhileOneOfTwoSlotsIsReady() {
            scheduler.openSlot(0);
            scheduler.openSlot(1);
            scheduler.workerReady(0, 0, new Demand(100, 1 << 20));
            for (int key = 0; key < 10; key++) {
                add(100 + key, DEFAULTS.withKey(key));
            }
            assertThat(scheduler.assign()).hasSize(5);
        }

        @Test
        void theirKeysAreKeptForSlotsThatWereOpenedBeforeTheFirstWasReady() {
            addTenKeysWhileOneOfTwoSlotsIsReady();

            scheduler.workerReady(1, 1, new Demand(100, 1 << 20));

            assertThat(scheduler.assign())
                    .isNotEmpty()
                    .allSatisfy(lease -> assertThat(lease.process()).isEqualTo(1));
            assertThat(scheduler.assign()).isNotEmpty();
            assertThat(scheduler.assign()).isEmpty();
        }

        @Test
        void theirKeysAreNotKeptForASlotThatIsClosedOrOpenedLater() {
            addTenKeysWhileOneOfTwoSlotsIsReady();

            scheduler.closeSlot(1);
            assertThat(scheduler.assign()).hasSize(5);

            scheduler.openSlot(2);
            add(200, DEFAULTS.withKey("new"));
            assertThat(scheduler.assign()).hasSize(1);
        }

        @Test
        void theyContinueInOrderOnTheReplacementOfALostProcess() {
            worker(0, MANY);
            worker(1, MANY);
            addAll(A, 1, 2, 3);
            scheduler.assign();
            add(4, A);
            scheduler.workerLost(0, Policies.SOME_END);

            assertThat(scheduler.assign()).as("its slot has no process").isEmpty();
            scheduler.workerReady(2, 0, MANY);
            for (long next = 1; next <= 3; next++) {
                assertThat(assignedTo(2)).as("a suspect").containsExactly(next);
                scheduler.finish(2, next, 1, 1);
            }
            assertThat(assignedTo(2)).containsExactly(4L);
        }

        @Test
        void theyWaitForTheOneThatTheDrainedProcessStillRuns() {
            worker(0, MANY);
            addAll(A, 1, 2);
            scheduler.assign();
            scheduler.workerReady(9, 0, MANY);

            assertThat(scheduler.drain(0)).containsExactly(1L, 2L);
            scheduler.returned(0, List.of(2L));
            assertThat(scheduler.assign()).isEmpty();

            scheduler.finish(0, 1, 1, 1);
            assertThat(assignedTo(9)).containsExactly(2L);
        }

        @Test
        void theyAreBoundToAnotherSlotWhenTheirSlotIsClosedAndHasFinishedTheLast() {
            worker(0, MANY);
            worker(1, MANY);
            addAll(A, 1, 2);
            assertThat(assignedTo(0)).containsExactly(1L, 2L);
            runOn(1, C);

            scheduler.closeSlot(0);
            scheduler.returned(0, scheduler.drain(0).subList(1, 2));
            assertThat(scheduler.assign()).isEmpty();

            scheduler.finish(0, 1, 1, 1);
            assertThat(assignedTo(1)).containsExactly(2L);
        }

        @Test
        void theyAreBoundToTheSlotsThatAreStillOpen() {
            worker(0, ONE);
            runOn(0, A);
            runOn(0, B);
            scheduler.closeSlot(0);
            scheduler.drain(0);
            worker(1, ONE);

            runOn(1, A);
            runOn(1, B);
        }

        @Test
        void theyWaitForTheOneInItsBackoff() {
            worker(0, MANY);
            worker(1, MANY);
            add(1, A.withRetry(RETRY));
            addAll(A, 2, 3);
            assertThat(assignedTo(0)).as("1 may have to run again").containsExactly(1L);

            assertThat(scheduler.retry(0, 1, 1, () -> List.of("java.io.IOException")))
                    .isPresent();
            assertThat(scheduler.assign()).isEmpty();
            at(10);
            scheduler.requeueDelayed();

            assertThat(assignedTo(0)).containsExactly(1L);
            scheduler.finish(0, 1, 1, 2);
            assertThat(assignedTo(0)).containsExactly(2L, 3L);
        }

        @Test
        void theyContinueWhenTheOneInItsBackoffIsCancelled() {
            worker(0, MANY);
            scheduler.add(task(1, A.withRetry(RETRY), OTHER_CALLER));
            add(2, A);
            scheduler.assign();
            scheduler.retry(0, 1, 1, () -> List.of("java.io.IOException"));

            scheduler.cancel(Set.of(OTHER_CALLER));

            assertThat(assignedTo(0)).containsExactly(2L);
        }

        @Test
        void theyAreRequeuedInTheirOrder() {
            worker(0, MANY);
            addAll(A, 1, 2, 3);
            scheduler.assign();
            scheduler.returned(0, List.of(2L, 3L));
            add(4, A);

            assertThat(scheduler.assign()).isEmpty();
            scheduler.finish(0, 1, 1, 1);
            assertThat(assignedTo(0)).containsExactly(2L, 3L, 4L);
        }

        @Test
        void theyContinueWhenOneIsGivenUpDroppedOrUndeliverable() {
            worker(0, MANY);
            scheduler.add(Batches.of(1, null, Policies.attempts(1).with(A, KeyCodec::write), CALLER));
            scheduler.add(task(2, A, OTHER_CALLER));
            addAll(A, 3, 4);
            scheduler.assign();
            assertThat(scheduler.workerLost(0, Policies.SOME_END).failed()).hasSize(1);

            scheduler.workerReady(1, 0, ONE);
            assertThat(assignedTo(1)).containsExactly(2L);
            scheduler.cancel(Set.of(OTHER_CALLER));
            scheduler.workerLost(1, Policies.SOME_END);

            scheduler.workerReady(2, 0, ONE);
            assertThat(assignedTo(2)).containsExactly(3L);
            scheduler.discard(2, List.of(3L));

            scheduler.workerReady(3, 0, ONE);
            assertThat(assignedTo(3)).containsExactly(4L);
        }

        @Test
        void theyDoNotCountForTheShareOfAProcessThatCannotRunThem() {
            worker(0, ONE);
            add(1, A);
            scheduler.assign();
            for (long id = 2; id < 100; id++) {
                add(id, A);
            }
            worker(1, MANY);
            worker(2, MANY);
            add(100, DEFAULTS);
            add(101, DEFAULTS);

            assertThat(assigned()).containsExactlyInAnyOrderEntriesOf(Map.of(1L, List.of(100L), 2L, List.of(101L)));
        }

        @Test
        @Timeout(value = 20, unit = TimeUnit.SECONDS)
        void theyAreAssignedQuicklyHoweverManyAreQueued() {
            int last = 100_000;
            worker(0, MANY);
            worker(1, MANY);
            for (long id = 1; id <= last; id++) {
                add(id, DEFAULTS.withKey(id % 1000));
            }
            Map<Long, Long> lastOfKey = new HashMap<>();
            Map<Long, Long> workerOfKey = new HashMap<>();
            for (int done = 0; done < last; ) {
                List<Lease> leases = scheduler.assign();
                assertThat(leases).isNotEmpty();
                done += leases.size();
                for (Lease lease : leases) {
                    long id = lease.tasks().firstId();
                    Long before = lastOfKey.put(id % 1000, id);
                    assertThat(before == null ? id % 1000 : before + 1000).isIn(id, id - 1000);
                    assertThat(workerOfKey.computeIfAbsent(id % 1000, key -> lease.process()))
                            .isEqualTo(lease.process());
                    scheduler.finish(lease.process(), id, 1, 1);
                }
            }
            assertThat(scheduler.isEmpty()).isTrue();
        }
    }

    @Nested
    class TasksForOneSlot {

        @Test
        void theyAreAssignedToItInTheirOrder() {
            worker(0, MANY);
            worker(1, MANY);
            add(1, DEFAULTS);
            addForSlot(2, 1);
            addForSlot(3, 0);

            assertThat(assigned()).containsExactlyInAnyOrderEntriesOf(Map.of(0L, List.of(1L, 3L), 1L, List.of(2L)));
        }

        @Test
        void theyAreQueuedUntilItIsReady() {
            scheduler.openSlot(1);
            worker(0, ONE);
            addForSlot(1, 1);

            assertThat(scheduler.assign()).isEmpty();
            assertThat(scheduler.removeUnassignable()).isEmpty();
            scheduler.workerReady(7, 1, ONE);
            assertThat(assignedTo(7)).containsExactly(1L);
        }

        @Test
        void theyRunAgainOnTheReplacementOfALostProcess() {
            worker(0, ONE);
            worker(1, ONE);
            addForSlot(1, 0);
            scheduler.assign();
            scheduler.workerLost(0, Policies.SOME_END);

            assertThat(scheduler.assign()).isEmpty();
            scheduler.workerReady(2, 0, ONE);
            assertThat(assignedTo(2)).containsExactly(1L);
        }

        @Test
        void theyAreUnassignableWhenItIsClosed() {
            worker(0, ONE);
            worker(1, ONE);
            addForSlot(1, 0);
            scheduler.assign();
            addForSlot(2, 0);
            addForSlot(3, 1);
            scheduler.closeSlot(0);
            scheduler.drain(0);

            assertThat(scheduler.removeUnassignable())
                    .as("1 is still in flight")
                    .isEmpty();
            scheduler.finish(0, 1, 1, 1);
            assertThat(scheduler.removeUnassignable()).extracting(Task::id).containsExactly(2L);
            assertThat(scheduler.removeUnassignable()).isEmpty();
            addForSlot(4, 0);
            assertThat(scheduler.removeUnassignable()).extracting(Task::id).containsExactly(4L);
            assertThat(assignedTo(1)).containsExactly(3L);
            scheduler.finish(1, 3, 1, 1);
            assertThat(scheduler.isEmpty()).isTrue();
        }
    }

    @Nested
    class InAPause {

        @Test
        void nothingIsAssigned() {
            worker(0, MANY);
            scheduler.pause();
            add(1, DEFAULTS);
            add(2, A);

            assertThat(scheduler.assign()).isEmpty();
            scheduler.resume();
            assertThat(assignedTo(0)).containsExactly(1L, 2L);
        }

        @Test
        void tasksThatHaveNotStartedAreRevokedAndThoseThatRunFinish() {
            worker(0, MANY);
            worker(1, ONE);
            worker(2, ONE);
            addAll(DEFAULTS, 1, 2, 3, 4);
            scheduler.assign();
            scheduler.finish(2, 4, 1, 1);
            assertThat(scheduler.pause()).isEqualTo(Map.of(0L, List.of(1L, 2L), 1L, List.of(3L)));

            scheduler.returned(0, List.of(2L));
            scheduler.returned(1, List.of());
            assertThat(scheduler.finish(0, 1, 1, 1)).hasSize(1);
            assertThat(scheduler.finish(1, 3, 1, 1)).hasSize(1);
            assertThat(scheduler.assign()).isEmpty();
            assertThat(scheduler.isEmpty()).isFalse();

            scheduler.resume();
            assertThat(scheduler.assign())
                    .extracting(lease -> lease.tasks().firstId())
                    .containsExactly(2L);
        }
    }

    /** The numbers of its process and of its slot are the same. */
    private void worker(int slot, Demand demand) {
        scheduler.openSlot(slot);
        scheduler.workerReady(slot, slot, demand);
    }

    private void addAll(TaskOptions options, long... ids) {
        for (long id : ids) {
            add(id, options);
        }
    }

    private void addForSlot(long id, int slot) {
        scheduler.add(Batches.of(id, null, Policies.attempts(3).onlyOn(slot), CALLER));
    }

    /** A task with these options runs on this process, and nothing else. */
    private void runOn(long process, TaskOptions options) {
        add(999_999, options);
        assertThat(scheduler.assign())
                .singleElement()
                .extracting(Lease::process)
                .isEqualTo(process);
        scheduler.finish(process, 999_999, 1, 1);
    }
}
