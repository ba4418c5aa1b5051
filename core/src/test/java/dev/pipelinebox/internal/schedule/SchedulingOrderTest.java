package dev.pipelinebox.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.Retry;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.internal.codec.KeyCodec;
import dev.pipelinebox.internal.task.Demand;
import dev.pipelinebox.internal.task.OutcomeSink;
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

/** Which task goes where and when, if tasks have priorities, keys or a worker of their own, and in a pause. */
class SchedulingOrderTest {

    private static final Demand ONE = new Demand(1, 1 << 20);
    private static final Demand MANY = new Demand(100, 1 << 20);
    private static final OutcomeSink CALLER = (taskId, outcome) -> {};
    private static final OutcomeSink OTHER_CALLER = (taskId, outcome) -> {};
    private static final TaskOptions ANY = TaskOptions.defaults();
    private static final TaskOptions A = ANY.withKey("a");
    private static final TaskOptions B = ANY.withKey("b");
    private static final TaskOptions C = ANY.withKey("c");
    private static final Retry RETRY =
            Retry.on(IOException.class).withBackoff(Duration.ofMillis(10), Duration.ofMillis(10));

    private final Scheduler scheduler = new Scheduler(Duration.ofSeconds(5));

    @Nested
    class ByPriority {

        @Test
        void theHigherGoesFirst() {
            add(1, ANY);
            add(2, ANY.withPriority(-1));
            add(3, ANY.withPriority(5));
            add(4, ANY.withPriority(Integer.MAX_VALUE));
            add(5, ANY.withPriority(Integer.MIN_VALUE));
            worker(0, MANY);

            assertThat(assignedTo(0)).containsExactly(4L, 3L, 1L, 2L, 5L);
        }

        @Test
        void equalOnesAreFirstInFirstOut() {
            add(1, ANY.withPriority(1));
            add(2, ANY);
            add(3, ANY.withPriority(1));
            add(4, ANY.withPriority(0));
            worker(0, MANY);

            assertThat(assignedTo(0)).containsExactly(1L, 3L, 2L, 4L);
        }

        @Test
        void whatHasToRunAgainGoesToTheFrontOfItsPriority() {
            worker(0, MANY);
            add(1, ANY);
            add(2, ANY.withPriority(1));
            scheduler.assign();
            add(3, ANY);
            add(4, ANY.withPriority(1));
            scheduler.stopRequested(0);
            scheduler.workerLost(0, Policies.SOME_END);
            worker(1, MANY);

            assertThat(assignedTo(1)).containsExactly(2L, 4L, 1L, 3L);
        }

        @Test
        void whatWaitsTooLongOrIsCancelledIsFoundInEach() {
            add(1, ANY.withPriority(1).withQueueTimeout(Duration.ofMillis(5)));
            add(2, ANY.withPriority(1));
            scheduler.add(
                    new Task(3, null, Policies.attempts(3).with(ANY.withPriority(2), KeyCodec::write), OTHER_CALLER));

            at(5);
            assertThat(scheduler.expired()).extracting(Task::id).containsExactly(1L);
            assertThat(scheduler.cancel(Set.of(OTHER_CALLER)).dropped())
                    .extracting(Task::id)
                    .containsExactly(3L);
            assertThat(scheduler.removeQueued()).extracting(Task::id).containsExactly(2L);
            assertThat(scheduler.isEmpty()).isTrue();
        }

        @Test
        void aKeyStandsWhereItsFirstTaskStandsAndKeepsItsOrder() {
            add(1, A);
            add(2, A.withPriority(9));
            add(3, ANY.withPriority(1));
            add(4, B.withPriority(2));
            worker(0, MANY);

            assertThat(assignedTo(0)).containsExactly(4L, 3L, 1L, 2L);
        }
    }

    @Nested
    class OfAKey {

        @Test
        void goToTheSameWorkerAlthoughAnotherIdles() {
            worker(0, ONE);
            worker(1, ONE);
            add(1, A);
            assertThat(assignedTo(0)).containsExactly(1L);
            add(2, A);
            add(3, A);

            assertThat(scheduler.assign()).isEmpty();
            scheduler.finish(0, 1, 1);
            assertThat(assignedTo(0)).containsExactly(2L);
            scheduler.finish(0, 2, 1);
            assertThat(assignedTo(0)).containsExactly(3L);
        }

        @Test
        void areOneIfTheirKeysAreEqual() {
            worker(0, ONE);
            worker(1, ONE);
            add(1, ANY.withKey(List.of("x", 1)));
            add(2, ANY.withKey(List.of("x", 1)));
            add(3, ANY.withKey(List.of("x", 2)));

            assertThat(handed()).containsExactlyInAnyOrderEntriesOf(Map.of(0L, List.of(1L), 1L, List.of(3L)));
        }

        @Test
        void doNotHoldUpOthersBehindThem() {
            worker(0, ONE);
            worker(1, ONE);
            add(1, A);
            add(2, A);
            add(3, A);
            add(4, ANY);
            add(5, B);

            assertThat(handed()).containsExactlyInAnyOrderEntriesOf(Map.of(0L, List.of(1L), 1L, List.of(4L)));
            scheduler.finish(1, 4, 1);
            assertThat(assignedTo(1)).containsExactly(5L);
        }

        @Test
        void goTogetherIfTheWorkerAsksForSeveral() {
            worker(0, MANY);
            worker(1, MANY);
            add(1, A);
            add(2, B);
            add(3, A);
            add(4, B);
            add(5, A);

            assertThat(handed())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(0L, List.of(1L, 3L, 5L), 1L, List.of(2L, 4L)));
        }

        @Test
        void comeInBatchesTheNextWhenTheLastIsDone() {
            worker(0, new Demand(3, 1 << 20));
            addAll(A, 1, 2);
            scheduler.assign();
            addAll(A, 3, 4);

            scheduler.finish(0, 1, 1);
            assertThat(scheduler.assign()).isEmpty();
            scheduler.finish(0, 2, 1);
            assertThat(assignedTo(0)).containsExactly(3L, 4L);
        }

        @Test
        void stayWithTheWorkerWhenThereWereNoneForAWhile() {
            worker(0, ONE);
            worker(1, ONE);
            add(1, A);
            scheduler.assign();
            scheduler.finish(0, 1, 1);
            only(2, 0);
            assertThat(assignedTo(0)).containsExactly(2L);
            add(3, A);

            assertThat(scheduler.assign()).isEmpty();
        }

        @Test
        void areForgottenWhenManyOthersWereUsedAfterThem() {
            worker(0, ONE);
            use(A, 0);
            use(B, 0);
            for (int other = 0; other < AffinityQueues.MOST_REMEMBERED - 2; other++) {
                use(ANY.withKey(other), 0);
            }
            use(A, 0);
            use(ANY.withKey("one more"), 0);
            worker(1, ONE);

            add(2, A);
            add(3, B);

            assertThat(handed()).containsExactlyInAnyOrderEntriesOf(Map.of(0L, List.of(2L), 1L, List.of(3L)));
        }

        @Test
        void areNeverForgottenWhileOneIsUnderWay() {
            worker(0, ONE);
            add(1, A);
            scheduler.assign();
            worker(1, ONE);
            for (int other = 0; other <= AffinityQueues.MOST_REMEMBERED; other++) {
                use(ANY.withKey(other), 1);
            }
            add(2, A);

            assertThat(scheduler.assign()).isEmpty();
            scheduler.finish(0, 1, 1);
            assertThat(assignedTo(0)).containsExactly(2L);
        }

        @Test
        void areSpreadOverWorkersThatIdle() {
            worker(0, ONE);
            worker(1, ONE);
            Map<Long, Integer> keys = new HashMap<>();
            for (int key = 0; key < 10; key++) {
                add(100 + key, ANY.withKey(key));
                Lease assignment = scheduler.assign().get(0);
                scheduler.finish(assignment.process(), 100 + key, 1);
                keys.merge(assignment.process(), 1, Integer::sum);
            }

            assertThat(keys).isEqualTo(Map.of(0L, 5, 1L, 5));
        }

        private void tenKeysComeBetweenTwoWorkers() {
            scheduler.openSlot(0);
            scheduler.openSlot(1);
            scheduler.workerReady(0, 0, new Demand(100, 1 << 20));
            for (int key = 0; key < 10; key++) {
                add(100 + key, ANY.withKey(key));
            }
            assertThat(scheduler.assign()).hasSize(5);
        }

        @Test
        void areKeptForTheWorkersThatComeWithTheFirst() {
            tenKeysComeBetweenTwoWorkers();

            scheduler.workerReady(1, 1, new Demand(100, 1 << 20));

            assertThat(scheduler.assign())
                    .isNotEmpty()
                    .allSatisfy(assignment -> assertThat(assignment.process()).isEqualTo(1));
            assertThat(scheduler.assign()).isNotEmpty();
            assertThat(scheduler.assign()).isEmpty();
        }

        @Test
        void doNotWaitForOneThatIsGivenUpOrComesLater() {
            tenKeysComeBetweenTwoWorkers();

            scheduler.closeSlot(1);
            assertThat(scheduler.assign()).hasSize(5);

            scheduler.openSlot(2);
            add(200, ANY.withKey("new"));
            assertThat(scheduler.assign()).hasSize(1);
        }

        @Test
        void goOnInOrderOnTheReplacementOfAWorkerThatDies() {
            worker(0, MANY);
            worker(1, MANY);
            addAll(A, 1, 2, 3);
            scheduler.assign();
            add(4, A);
            scheduler.workerLost(0, Policies.SOME_END);

            assertThat(scheduler.assign()).as("its place is empty").isEmpty();
            scheduler.workerReady(2, 0, MANY);
            for (long next = 1; next <= 3; next++) {
                assertThat(assignedTo(2)).as("a suspect").containsExactly(next);
                scheduler.finish(2, next, 1);
            }
            assertThat(assignedTo(2)).containsExactly(4L);
        }

        @Test
        void waitForTheOneBeforeThemThatItsWornOutWorkerStillRuns() {
            worker(0, MANY);
            addAll(A, 1, 2);
            scheduler.assign();
            scheduler.workerReady(9, 0, MANY);

            assertThat(scheduler.drain(0)).containsExactly(1L, 2L);
            scheduler.returned(0, List.of(2L));
            assertThat(scheduler.assign()).isEmpty();

            scheduler.finish(0, 1, 1);
            assertThat(assignedTo(9)).containsExactly(2L);
        }

        @Test
        void areBoundAnewWhenTheirWorkerIsStoppedButNotBeforeItHasFinishedTheLast() {
            worker(0, MANY);
            worker(1, MANY);
            addAll(A, 1, 2);
            assertThat(assignedTo(0)).containsExactly(1L, 2L);
            use(C, 1);

            scheduler.closeSlot(0);
            scheduler.returned(0, scheduler.drain(0).subList(1, 2));
            assertThat(scheduler.assign()).isEmpty();

            scheduler.finish(0, 1, 1);
            assertThat(assignedTo(1)).containsExactly(2L);
        }

        @Test
        void areBoundAnewToThoseThatAreLeft() {
            worker(0, ONE);
            use(A, 0);
            use(B, 0);
            scheduler.closeSlot(0);
            scheduler.drain(0);
            worker(1, ONE);

            use(A, 1);
            use(B, 1);
        }

        @Test
        void waitForTheOneThatRests() {
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
            scheduler.finish(0, 1, 2);
            assertThat(assignedTo(0)).containsExactly(2L, 3L);
        }

        @Test
        void goOnWhenTheOneThatRestsIsCancelled() {
            worker(0, MANY);
            scheduler.add(
                    new Task(1, null, Policies.attempts(3).with(A.withRetry(RETRY), KeyCodec::write), OTHER_CALLER));
            add(2, A);
            scheduler.assign();
            scheduler.retry(0, 1, 1, () -> List.of("java.io.IOException"));

            scheduler.cancel(Set.of(OTHER_CALLER));

            assertThat(assignedTo(0)).containsExactly(2L);
        }

        @Test
        void comeBackInOrder() {
            worker(0, MANY);
            addAll(A, 1, 2, 3);
            scheduler.assign();
            scheduler.returned(0, List.of(2L, 3L));
            add(4, A);

            assertThat(scheduler.assign()).isEmpty();
            scheduler.finish(0, 1, 1);
            assertThat(assignedTo(0)).containsExactly(2L, 3L, 4L);
        }

        @Test
        void goOnWhenOneIsGivenUpDroppedOrUndeliverable() {
            worker(0, MANY);
            scheduler.add(new Task(1, null, Policies.attempts(1).with(A, KeyCodec::write), CALLER));
            scheduler.add(new Task(2, null, Policies.attempts(3).with(A, KeyCodec::write), OTHER_CALLER));
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
        void countNotForTheShareOfAWorkerThatCannotRunThem() {
            worker(0, ONE);
            add(1, A);
            scheduler.assign();
            for (long id = 2; id < 100; id++) {
                add(id, A);
            }
            worker(1, MANY);
            worker(2, MANY);
            add(100, ANY);
            add(101, ANY);

            assertThat(handed()).containsExactlyInAnyOrderEntriesOf(Map.of(1L, List.of(100L), 2L, List.of(101L)));
        }

        @Test
        @Timeout(value = 20, unit = TimeUnit.SECONDS)
        void areHandedOutQuicklyHoweverManyWait() {
            int last = 100_000;
            worker(0, MANY);
            worker(1, MANY);
            for (long id = 1; id <= last; id++) {
                add(id, ANY.withKey(id % 1000));
            }
            Map<Long, Long> lastOfKey = new HashMap<>();
            Map<Long, Long> workerOfKey = new HashMap<>();
            for (int done = 0; done < last; ) {
                List<Lease> assignments = scheduler.assign();
                assertThat(assignments).isNotEmpty();
                done += assignments.size();
                for (Lease assignment : assignments) {
                    long id = assignment.task().id();
                    Long before = lastOfKey.put(id % 1000, id);
                    assertThat(before == null ? id % 1000 : before + 1000).isIn(id, id - 1000);
                    assertThat(workerOfKey.computeIfAbsent(id % 1000, key -> assignment.process()))
                            .isEqualTo(assignment.process());
                    scheduler.finish(assignment.process(), id, 1);
                }
            }
            assertThat(scheduler.isEmpty()).isTrue();
        }
    }

    @Nested
    class ForOneWorker {

        @Test
        void goToItInTheirTurn() {
            worker(0, MANY);
            worker(1, MANY);
            add(1, ANY);
            only(2, 1);
            only(3, 0);

            assertThat(handed()).containsExactlyInAnyOrderEntriesOf(Map.of(0L, List.of(1L, 3L), 1L, List.of(2L)));
        }

        @Test
        void waitForItWhileItStarts() {
            scheduler.openSlot(1);
            worker(0, ONE);
            only(1, 1);

            assertThat(scheduler.assign()).isEmpty();
            assertThat(scheduler.removeUnassignable()).isEmpty();
            scheduler.workerReady(7, 1, ONE);
            assertThat(assignedTo(7)).containsExactly(1L);
        }

        @Test
        void runAgainOnItsReplacementAfterItsDeath() {
            worker(0, ONE);
            worker(1, ONE);
            only(1, 0);
            scheduler.assign();
            scheduler.workerLost(0, Policies.SOME_END);

            assertThat(scheduler.assign()).isEmpty();
            scheduler.workerReady(2, 0, ONE);
            assertThat(assignedTo(2)).containsExactly(1L);
        }

        @Test
        void areStrandedWhenItIsGone() {
            worker(0, ONE);
            worker(1, ONE);
            only(1, 0);
            scheduler.assign();
            only(2, 0);
            only(3, 1);
            scheduler.closeSlot(0);
            scheduler.drain(0);

            assertThat(scheduler.removeUnassignable()).as("1 is not done").isEmpty();
            scheduler.finish(0, 1, 1);
            assertThat(scheduler.removeUnassignable()).extracting(Task::id).containsExactly(2L);
            assertThat(scheduler.removeUnassignable()).isEmpty();
            only(4, 0);
            assertThat(scheduler.removeUnassignable()).extracting(Task::id).containsExactly(4L);
            assertThat(assignedTo(1)).containsExactly(3L);
            scheduler.finish(1, 3, 1);
            assertThat(scheduler.isEmpty()).isTrue();
        }
    }

    @Nested
    class InAPause {

        @Test
        void nothingIsHandedOut() {
            worker(0, MANY);
            scheduler.pause();
            add(1, ANY);
            add(2, A);

            assertThat(scheduler.assign()).isEmpty();
            scheduler.resume();
            assertThat(assignedTo(0)).containsExactly(1L, 2L);
        }

        @Test
        void whatIsNotStartedIsTakenBackAndWhatRunsFinishes() {
            worker(0, MANY);
            worker(1, ONE);
            worker(2, ONE);
            addAll(ANY, 1, 2, 3, 4);
            scheduler.assign();
            scheduler.finish(2, 4, 1);
            assertThat(scheduler.pause()).isEqualTo(Map.of(0L, List.of(1L, 2L), 1L, List.of(3L)));

            scheduler.returned(0, List.of(2L));
            scheduler.returned(1, List.of());
            assertThat(scheduler.finish(0, 1, 1)).isPresent();
            assertThat(scheduler.finish(1, 3, 1)).isPresent();
            assertThat(scheduler.assign()).isEmpty();
            assertThat(scheduler.isEmpty()).isFalse();

            scheduler.resume();
            assertThat(scheduler.assign()).extracting(next -> next.task().id()).containsExactly(2L);
        }
    }

    @Test
    void aWorkerThatDrainsGivesBackAndGetsNoMore() {
        worker(0, MANY);
        addAll(ANY, 1, 2);
        scheduler.assign();

        assertThat(scheduler.drain(0)).containsExactly(1L, 2L);
        scheduler.returned(0, List.of(2L));
        assertThat(scheduler.assign()).isEmpty();
        assertThat(scheduler.workerLost(0, Policies.SOME_END).requeued())
                .as("it was not asked to end yet, so 1 is to blame")
                .extracting(Task::id)
                .containsExactly(1L);
        worker(1, ONE);
        assertThat(scheduler.assign())
                .extracting(again -> again.task().id() + " in attempt " + again.attempt())
                .containsExactly("1 in attempt 2");
    }

    @Test
    void oneThatHoldsNothingHasNothingToGiveBack() {
        worker(0, MANY);

        assertThat(scheduler.drain(0)).isEmpty();
    }

    private void at(long millis) {
        scheduler.now(Duration.ofMillis(millis).toNanos());
    }

    /** The number of its process and of its place are the same. */
    private void worker(int slot, Demand demand) {
        scheduler.openSlot(slot);
        scheduler.workerReady(slot, slot, demand);
    }

    private void add(long id, TaskOptions options) {
        scheduler.add(new Task(id, null, Policies.attempts(3).with(options, KeyCodec::write), CALLER));
    }

    private void addAll(TaskOptions options, long... ids) {
        for (long id : ids) {
            add(id, options);
        }
    }

    private void only(long id, int slot) {
        scheduler.add(new Task(id, null, Policies.attempts(3).onlyOn(slot), CALLER));
    }

    /** A task with these options is run by this worker, and nothing else. */
    private void use(TaskOptions options, long process) {
        add(999_999, options);
        assertThat(scheduler.assign())
                .singleElement()
                .extracting(Lease::process)
                .isEqualTo(process);
        scheduler.finish(process, 999_999, 1);
    }

    private List<Long> assignedTo(long process) {
        Map<Long, List<Long>> handed = handed();
        assertThat(handed).containsOnlyKeys(process);
        return handed.get(process);
    }

    private Map<Long, List<Long>> handed() {
        Map<Long, List<Long>> handed = new HashMap<>();
        scheduler
                .assign()
                .forEach(
                        next -> handed.merge(next.process(), List.of(next.task().id()), SchedulingOrderTest::joined));
        return handed;
    }

    private static List<Long> joined(List<Long> some, List<Long> more) {
        return java.util.stream.Stream.concat(some.stream(), more.stream()).toList();
    }
}
