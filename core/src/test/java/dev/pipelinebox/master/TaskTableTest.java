package dev.pipelinebox.master;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.protocol.Demand;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TaskTableTest {

    private static final Demand ONE = new Demand(1, 1 << 20);
    private static final Demand MANY = new Demand(100, 1 << 20);
    private static final TaskSink CALLER = (taskId, outcome) -> {};
    private static final TaskSink OTHER_CALLER = (taskId, outcome) -> {};

    private static final TaskTable.Loss NO_LOSS = new TaskTable.Loss(List.of(), List.of(), List.of());

    private final TaskTable table = new TaskTable(Duration.ofSeconds(5));

    @Nested
    class HandsOut {

        @Test
        void nothingWithoutAWorker() {
            add(1, 2);

            assertThat(table.assign()).isEmpty();
        }

        @Test
        void nothingWithoutATask() {
            table.workerReady(1, MANY);

            assertThat(table.assign()).isEmpty();
        }

        @Test
        void tasksFirstInFirstOut() {
            table.workerReady(1, MANY);
            add(1, 2, 3);

            assertThat(handedTo(1)).containsExactly(1L, 2L, 3L);
        }

        @Test
        void aFirstTaskAsItsFirstAttempt() {
            table.workerReady(1, ONE);
            add(1);

            assertThat(table.assign())
                    .singleElement()
                    .extracting(TaskTable.Assignment::attempt)
                    .isEqualTo(1);
        }

        @Test
        void oneAtATimeToAWorkerThatAsksForOne() {
            table.workerReady(1, ONE);
            add(1, 2);

            assertThat(handedTo(1)).containsExactly(1L);
            assertThat(table.assign()).isEmpty();

            table.finish(1, 1, 1);

            assertThat(handedTo(1)).containsExactly(2L);
        }

        @Test
        void noMoreTasksThanTheDemand() {
            table.workerReady(1, new Demand(3, 1 << 20));
            addUpTo(10);

            assertThat(handedTo(1)).containsExactly(1L, 2L, 3L);
        }

        @Test
        void noMoreBytesThanTheDemand() {
            table.workerReady(1, new Demand(100, 10));
            table.add(task(1, 4));
            table.add(task(2, 6));
            table.add(task(3, 1));

            assertThat(handedTo(1)).containsExactly(1L, 2L);
        }

        @Test
        void aSingleTaskThatIsLargerThanTheDemand() {
            table.workerReady(1, new Demand(100, 10));
            table.add(task(1, 11));
            table.add(task(2, 1));

            assertThat(handedTo(1)).containsExactly(1L);
        }

        @Test
        void againAsManyBytesAsWereFinished() {
            table.workerReady(1, new Demand(100, 10));
            table.add(task(1, 5));
            table.add(task(2, 5));
            table.add(task(3, 5));
            table.assign();

            table.finish(1, 1, 1);

            assertThat(handedTo(1)).containsExactly(3L);
        }

        @Test
        void nothingOverALargeTaskThatDoesNotFit() {
            table.workerReady(1, new Demand(100, 10));
            table.add(task(1, 6));
            table.add(task(2, 6));
            table.add(task(3, 1));

            assertThat(handedTo(1)).containsExactly(1L);
        }

        @Test
        void asTheLatestDemandSays() {
            table.workerReady(1, ONE);
            addUpTo(10);
            table.assign();

            table.demand(1, new Demand(4, 1 << 20));
            assertThat(handedTo(1)).containsExactly(2L, 3L, 4L);

            table.demand(1, ONE);
            table.finish(1, 1, 1);
            assertThat(table.assign()).isEmpty();
        }

        @Test
        void toEachWorkerItsShareOfTheQueue() {
            table.workerReady(1, MANY);
            table.workerReady(2, MANY);
            addUpTo(5);

            List<TaskTable.Assignment> assignments = table.assign();

            assertThat(idsOf(assignments, 1)).containsExactly(1L, 2L, 3L);
            assertThat(idsOf(assignments, 2)).containsExactly(4L, 5L);
        }

        @Test
        void toTheEmptiestHandsFirst() {
            table.workerReady(1, MANY);
            add(1, 2);
            table.assign();
            table.workerReady(2, MANY);
            add(3);

            assertThat(handedTo(2)).containsExactly(3L);
        }

        @Test
        void nothingToAWorkerThatIsLost() {
            table.workerReady(1, MANY);
            table.workerLost(1, Policies.SOME_END);
            add(1);

            assertThat(table.assign()).isEmpty();
        }
    }

    @Nested
    class TakesAnOutcome {

        @Test
        void once() {
            table.workerReady(1, ONE);
            add(1);
            table.assign();

            assertThat(table.finish(1, 1, 1))
                    .get()
                    .extracting(finished -> finished.task().id())
                    .isEqualTo(1L);
            assertThat(table.finish(1, 1, 1)).isEmpty();
        }

        @Test
        void inAnyOrder() {
            table.workerReady(1, MANY);
            add(1, 2, 3);
            table.assign();

            assertThat(table.finish(1, 3, 1)).isPresent();
            assertThat(table.finish(1, 1, 1)).isPresent();
            assertThat(table.finish(1, 2, 1)).isPresent();
            assertThat(table.isEmpty()).isTrue();
        }

        @Test
        void notOfAnotherAttempt() {
            table.workerReady(1, ONE);
            add(1);
            table.assign();

            assertThat(table.finish(1, 1, 2)).isEmpty();
            assertThat(table.isEmpty()).isFalse();
        }

        @Test
        void notFromAWorkerThatDoesNotHoldTheTask() {
            table.workerReady(1, ONE);
            table.workerReady(2, ONE);
            add(1);
            table.assign();

            assertThat(table.finish(2, 1, 1)).isEmpty();
        }

        @Test
        void notFromADeadWorkerWhoseTaskRunsElsewhere() {
            table.workerReady(1, MANY);
            add(1, 2);
            table.assign();
            table.workerLost(1, Policies.SOME_END);
            table.workerReady(2, MANY);
            table.assign();

            assertThat(table.finish(1, 1, 1)).isEmpty();
            assertThat(table.finish(2, 1, 1)).isPresent();
        }

        @Test
        void notOfATaskThatWasGivenBack() {
            table.workerReady(1, MANY);
            add(1, 2);
            table.assign();
            table.returned(1, List.of(2L));

            assertThat(table.finish(1, 2, 1)).isEmpty();
        }

        @Test
        void notOfATaskThatNobodyKnows() {
            table.workerReady(1, ONE);

            assertThat(table.finish(1, 99, 1)).isEmpty();
        }
    }

    @Nested
    class WhenAWorkerDies {

        @Test
        void aKilledWorkersTaskRunsAgainElsewhere() {
            table.workerReady(1, ONE);
            add(1);
            table.assign();

            TaskTable.Loss loss = table.workerLost(1, Policies.SOME_END);
            table.workerReady(2, ONE);

            assertThat(loss.requeued()).extracting(Task::id).containsExactly(1L);
            assertThat(loss.failed()).isEmpty();
            assertThat(handedTo(2)).containsExactly(1L);
        }

        @Test
        void theOnlyTaskInItsHandsHasSpentAnAttempt() {
            table.workerReady(1, ONE);
            add(1);
            table.assign();
            table.workerLost(1, Policies.SOME_END);
            table.workerReady(2, ONE);

            assertThat(table.assign())
                    .singleElement()
                    .extracting(TaskTable.Assignment::attempt)
                    .isEqualTo(2);
        }

        @Test
        void noneOfSeveralTasksHasSpentAnAttempt() {
            table.workerReady(1, MANY);
            add(1, 2);
            table.assign();
            table.workerLost(1, Policies.SOME_END);
            table.workerReady(2, ONE);
            table.workerReady(3, ONE);

            assertThat(table.assign()).extracting(TaskTable.Assignment::attempt).containsExactly(1, 1);
        }

        @Test
        void theTasksInItsHandsRunAloneFromThenOn() {
            table.workerReady(1, MANY);
            add(1, 2);
            table.assign();
            add(3);
            table.workerLost(1, Policies.SOME_END);
            table.workerReady(2, MANY);

            assertThat(handedTo(2)).containsExactly(1L);
            table.finish(2, 1, 1);
            assertThat(handedTo(2)).containsExactly(2L);
            table.finish(2, 2, 1);
            assertThat(handedTo(2)).containsExactly(3L);
        }

        @Test
        void aSuspectIsNotHandedToAWorkerThatHoldsOthers() {
            table.workerReady(1, ONE);
            add(1);
            table.assign();
            table.workerReady(2, MANY);
            add(2, 3);
            table.assign();
            table.workerLost(1, Policies.SOME_END);

            assertThat(table.assign()).isEmpty();

            table.finish(2, 2, 1);
            table.finish(2, 3, 1);
            assertThat(handedTo(2)).containsExactly(1L);
        }

        @Test
        void theGuiltyOfSeveralIsFoundByRunningAlone() {
            table.workerReady(1, MANY);
            add(1, 2, 3);
            table.assign();
            table.workerLost(1, Policies.SOME_END);

            table.workerReady(2, MANY);
            table.assign();
            table.finish(2, 1, 1);
            table.assign();
            TaskTable.Loss loss = table.workerLost(2, Policies.SOME_END);
            table.workerReady(3, ONE);

            assertThat(loss.requeued()).extracting(Task::id).containsExactly(2L);
            assertThat(table.assign()).singleElement().satisfies(again -> {
                assertThat(again.task().id()).isEqualTo(2);
                assertThat(again.attempt()).isEqualTo(2);
            });
        }

        @Test
        void aTaskFailsOnceItsAttemptsAreUsedUp() {
            add(1);
            for (long process = 1; process <= 2; process++) {
                table.workerReady(process, ONE);
                table.assign();
                assertThat(table.workerLost(process, Policies.SOME_END).failed())
                        .isEmpty();
            }
            table.workerReady(3, ONE);
            table.assign();

            TaskTable.Loss loss = table.workerLost(3, Policies.SOME_END);

            assertThat(loss.failed()).extracting(givenUp -> givenUp.task().id()).containsExactly(1L);
            assertThat(loss.requeued()).isEmpty();
            assertThat(table.isEmpty()).isTrue();
        }

        @Test
        void withOneAttemptOnlyTheFirstDeathIsTheLast() {
            TaskTable strict = new TaskTable(Duration.ofSeconds(5));
            strict.workerReady(1, ONE);
            strict.add(onlyOnce(1));
            strict.assign();

            assertThat(strict.workerLost(1, Policies.SOME_END).failed())
                    .extracting(givenUp -> givenUp.task().id())
                    .containsExactly(1L);
        }

        @Test
        void itsTasksGoBackToTheFrontInTheirOrder() {
            table.workerReady(1, new Demand(2, 1 << 20));
            addUpTo(4);
            table.assign();
            table.workerLost(1, Policies.SOME_END);

            assertThat(table.drainQueue()).extracting(Task::id).containsExactly(1L, 2L, 3L, 4L);
        }

        @Test
        void oneWithEmptyHandsTakesNothingAlong() {
            table.workerReady(1, ONE);

            assertThat(table.workerLost(1, Policies.SOME_END)).isEqualTo(NO_LOSS);
        }

        @Test
        void oneThatWasNeverReadyTakesNothingAlong() {
            add(1);

            assertThat(table.workerLost(7, Policies.SOME_END)).isEqualTo(NO_LOSS);
            assertThat(table.isEmpty()).isFalse();
        }

        @Test
        void itIsForgotten() {
            table.workerReady(1, ONE);
            add(1);
            table.assign();
            table.workerLost(1, Policies.SOME_END);

            assertThat(table.workerLost(1, Policies.SOME_END).requeued()).isEmpty();
            assertThat(table.returned(1, List.of(1L))).isEqualTo(NO_LOSS);
        }
    }

    @Nested
    class WhenAWorkerIsAskedToStop {

        @Test
        void itGetsNoMore() {
            table.workerReady(1, MANY);
            add(1);
            table.assign();

            table.retire(1);
            add(2);
            assertThat(table.assign()).isEmpty();

            table.finish(1, 1, 1);
            assertThat(table.assign()).isEmpty();
        }

        @Test
        void theOthersGetWhatWaits() {
            table.workerReady(1, MANY);
            table.workerReady(2, MANY);
            table.retire(1);
            add(1, 2);

            assertThat(handedTo(2)).contains(1L);
        }

        @Test
        void itsOutcomesStillCount() {
            table.workerReady(1, ONE);
            add(1);
            table.assign();
            table.retire(1);

            assertThat(table.finish(1, 1, 1)).isPresent();
        }

        @Test
        void whatItOnlyHeldGoesOnWithoutBlame() {
            TaskTable strict = new TaskTable(Duration.ofSeconds(5));
            strict.workerReady(1, MANY);
            strict.add(onlyOnce(1));
            strict.assign();
            strict.retire(1);

            TaskTable.Loss loss = strict.workerLost(1, Policies.SOME_END);
            strict.workerReady(2, MANY);

            assertThat(loss.requeued()).extracting(Task::id).containsExactly(1L);
            assertThat(loss.failed()).isEmpty();
            assertThat(strict.assign())
                    .singleElement()
                    .extracting(TaskTable.Assignment::attempt)
                    .isEqualTo(1);
        }

        @Test
        void nothingOfWhatItHeldIsSuspect() {
            table.workerReady(1, MANY);
            addUpTo(3);
            table.assign();
            table.retire(1);
            table.workerLost(1, Policies.SOME_END);
            table.workerReady(2, MANY);

            assertThat(handedTo(2)).containsExactly(1L, 2L, 3L);
        }

        @Test
        void nothingIsTakenFromTheOthersForIt() {
            table.workerReady(1, MANY);
            addUpTo(4);
            table.assign();
            table.workerReady(2, MANY);
            table.retire(2);

            assertThat(look(5)).isEmpty();
        }

        @Test
        void aWorkerThatNobodyKnowsMakesNoDifference() {
            table.workerReady(1, ONE);
            add(1);

            table.retire(9);

            assertThat(handedTo(1)).containsExactly(1L);
        }
    }

    @Nested
    class WhenAWorkerEndsByItself {

        @Test
        void itGetsNoMore() {
            table.workerReady(1, MANY);
            add(1);
            table.assign();

            table.end(1);
            add(2);
            assertThat(table.assign()).isEmpty();

            table.finish(1, 1, 1);
            assertThat(table.assign()).isEmpty();
        }

        @Test
        void theTaskInItsHandsIsToBlame() {
            TaskTable strict = new TaskTable(Duration.ofSeconds(5));
            strict.workerReady(1, ONE);
            strict.add(onlyOnce(1));
            strict.assign();
            strict.end(1);

            assertThat(strict.workerLost(1, Policies.SOME_END).failed())
                    .extracting(givenUp -> givenUp.task().id())
                    .containsExactly(1L);
        }

        @Test
        void nothingIsTakenFromTheOthersForIt() {
            table.workerReady(1, MANY);
            addUpTo(4);
            table.assign();
            table.workerReady(2, MANY);
            table.end(2);

            assertThat(look(5)).isEmpty();
        }

        @Test
        void theOthersShareWhatWaits() {
            table.workerReady(1, MANY);
            table.workerReady(2, MANY);
            table.end(1);
            add(1, 2, 3, 4);

            assertThat(handedTo(2)).containsExactly(1L, 2L, 3L, 4L);
        }

        @Test
        void aWorkerThatNobodyKnowsMakesNoDifference() {
            table.workerReady(1, ONE);
            add(1);

            table.end(9);

            assertThat(handedTo(1)).containsExactly(1L);
        }
    }

    @Nested
    class Rebalances {

        @Test
        void nothingWhileNobodyIdles() {
            table.workerReady(1, MANY);
            table.workerReady(2, MANY);
            addUpTo(6);
            table.assign();

            assertThat(look(5)).isEmpty();
        }

        @Test
        void whatIsStuckBehindALongTaskEvenWhileOthersWait() {
            table.workerReady(1, MANY);
            addUpTo(4);
            table.assign();
            table.workerReady(2, ONE);
            add(5);

            assertThat(look(3)).isEqualTo(Map.of(1L, List.of(2L, 3L, 4L)));
        }

        @Test
        void allButTheFirstOfFullHandsThatBringNothingForAnIdleWorker() {
            table.workerReady(1, MANY);
            addUpTo(5);
            table.assign();
            table.workerReady(2, MANY);

            assertThat(look(3)).isEqualTo(Map.of(1L, List.of(2L, 3L, 4L, 5L)));
        }

        @Test
        void nothingFromAWorkerThatBringsResults() {
            table.workerReady(1, MANY);
            addUpTo(5);
            table.assign();
            table.workerReady(2, MANY);
            look(2);
            table.finish(1, 1, 1);
            assertThat(look(2)).isEmpty();
            table.finish(1, 2, 1);

            assertThat(look(2)).isEmpty();
        }

        @Test
        void noMoreForAStuckWorkerUntilItAsksAgain() {
            table.workerReady(1, MANY);
            addUpTo(3);
            table.assign();
            table.workerReady(2, ONE);
            table.returned(1, look(3).get(1L));

            assertThat(idsOf(table.assign(), 1)).isEmpty();
            table.demand(1, MANY);
            assertThat(idsOf(table.assign(), 1)).containsExactly(3L);
        }

        @Test
        void nothingFromAWorkerThatWasBusyLongAgoAndHasJustGotNewTasks() {
            table.workerReady(1, MANY);
            look(10);
            addUpTo(5);
            table.assign();
            table.workerReady(2, MANY);

            assertThat(look(2)).isEmpty();
        }

        @Test
        void nothingFromAWorkerWithOneTask() {
            table.workerReady(1, ONE);
            add(1);
            table.assign();
            table.workerReady(2, ONE);

            assertThat(look(5)).isEmpty();
        }

        @Test
        void notTwiceBeforeTheWorkerHasAnswered() {
            table.workerReady(1, MANY);
            addUpTo(4);
            table.assign();
            table.workerReady(2, MANY);
            assertThat(look(3)).containsOnlyKeys(1L);

            assertThat(look(3)).isEmpty();

            table.returned(1, List.of());
            assertThat(table.revocations()).containsOnlyKeys(1L);
        }

        @Test
        void givesTheReturnedTasksToTheIdleWorker() {
            table.workerReady(1, MANY);
            addUpTo(4);
            table.assign();
            table.workerReady(2, MANY);
            List<Long> revoked = look(3).get(1L);

            assertThat(table.returned(1, revoked).requeued())
                    .extracting(Task::id)
                    .containsExactly(2L, 3L, 4L);
            assertThat(idsOf(table.assign(), 2)).contains(2L);
        }

        @Test
        void returnedTasksKeepTheirOrderBeforeThoseThatWait() {
            table.workerReady(1, new Demand(4, 1 << 20));
            addUpTo(6);
            table.assign();

            table.returned(1, List.of(3L, 4L));

            assertThat(table.drainQueue()).extracting(Task::id).containsExactly(3L, 4L, 5L, 6L);
        }

        @Test
        void aReturnedTaskHasSpentNoAttemptAndIsNoSuspect() {
            table.workerReady(1, MANY);
            add(1, 2, 3);
            table.assign();
            table.returned(1, List.of(2L, 3L));
            table.finish(1, 1, 1);

            assertThat(table.assign()).extracting(TaskTable.Assignment::attempt).containsExactly(1, 1);
        }

        @Test
        void ignoresTheReturnOfWhatTheWorkerDoesNotHold() {
            table.workerReady(1, MANY);
            add(1);
            table.assign();

            assertThat(table.returned(1, List.of(2L))).isEqualTo(NO_LOSS);
            assertThat(table.returned(9, List.of(1L))).isEqualTo(NO_LOSS);
            assertThat(table.finish(1, 1, 1)).isPresent();
        }
    }

    @Nested
    class Cancels {

        @Test
        void whatWaitsOfOneCallerOnly() {
            table.add(new Task(1, null, Policies.attempts(3), CALLER));
            table.add(new Task(2, null, Policies.attempts(3), OTHER_CALLER));
            table.add(new Task(3, null, Policies.attempts(3), CALLER));

            TaskTable.Cancellation cancellation = table.cancel(CALLER);

            assertThat(cancellation.dropped()).extracting(Task::id).containsExactly(1L, 3L);
            assertThat(cancellation.inHands()).isEmpty();
            assertThat(table.drainQueue()).extracting(Task::id).containsExactly(2L);
        }

        @Test
        void whatIsInHandsOnlyByNamingIt() {
            table.workerReady(1, MANY);
            table.workerReady(2, MANY);
            table.add(new Task(1, null, Policies.attempts(3), CALLER));
            table.add(new Task(2, null, Policies.attempts(3), OTHER_CALLER));
            table.add(new Task(3, null, Policies.attempts(3), CALLER));
            table.assign();

            TaskTable.Cancellation cancellation = table.cancel(CALLER);

            assertThat(cancellation.dropped()).isEmpty();
            assertThat(cancellation.inHands()).isEqualTo(Map.of(1L, List.of(1L), 2L, List.of(3L)));
            assertThat(table.finish(1, 1, 1)).as("it still has an outcome").isPresent();
        }

        @Test
        void aTaskOfADeadWorkerForGood() {
            table.workerReady(1, MANY);
            table.add(new Task(1, null, Policies.attempts(3), CALLER));
            table.add(new Task(2, null, Policies.attempts(3), OTHER_CALLER));
            table.assign();
            table.cancel(CALLER);

            TaskTable.Loss loss = table.workerLost(1, Policies.SOME_END);

            assertThat(loss.dropped()).extracting(Task::id).containsExactly(1L);
            assertThat(loss.requeued()).extracting(Task::id).containsExactly(2L);
            assertThat(table.drainQueue()).extracting(Task::id).containsExactly(2L);
        }

        @Test
        void aTaskThatIsGivenBackForGood() {
            table.workerReady(1, MANY);
            add(1, 2);
            table.assign();
            table.cancel(CALLER);

            assertThat(table.returned(1, List.of(2L)).dropped())
                    .extracting(Task::id)
                    .containsExactly(2L);
            assertThat(table.drainQueue()).isEmpty();
        }

        @Test
        void aTaskWhoseLastAttemptDiesInsteadOfFailingIt() {
            TaskTable strict = new TaskTable(Duration.ofSeconds(5));
            strict.workerReady(1, ONE);
            strict.add(onlyOnce(1));
            strict.assign();
            strict.cancel(CALLER);

            TaskTable.Loss loss = strict.workerLost(1, Policies.SOME_END);

            assertThat(loss.dropped()).extracting(Task::id).containsExactly(1L);
            assertThat(loss.failed()).isEmpty();
        }

        @Test
        void nothingOfACallerWithoutTasks() {
            add(1);

            assertThat(table.cancel(OTHER_CALLER)).isEqualTo(new TaskTable.Cancellation(List.of(), Map.of()));
        }
    }

    @Nested
    class Drains {

        @Test
        void allThatWaitsInItsOrder() {
            add(1, 2, 3);

            assertThat(table.drainQueue()).extracting(Task::id).containsExactly(1L, 2L, 3L);
            assertThat(table.drainQueue()).isEmpty();
            assertThat(table.isEmpty()).isTrue();
        }

        @Test
        void nothingThatIsInHands() {
            table.workerReady(1, ONE);
            add(1, 2);
            table.assign();

            assertThat(table.drainQueue()).extracting(Task::id).containsExactly(2L);
            assertThat(table.isEmpty()).isFalse();
            assertThat(table.finish(1, 1, 1)).isPresent();
            assertThat(table.isEmpty()).isTrue();
        }
    }

    /** Looks so many times for what to take back; only the last time may there be something. */
    private Map<Long, List<Long>> look(int times) {
        for (int i = 1; i < times; i++) {
            assertThat(table.revocations()).isEmpty();
        }
        return table.revocations();
    }

    private void add(long... ids) {
        LongStream.of(ids).forEach(id -> table.add(task(id, 0)));
    }

    private void addUpTo(long last) {
        LongStream.rangeClosed(1, last).forEach(id -> table.add(task(id, 0)));
    }

    private static Task task(long id, int bytes) {
        return new Task(id, new byte[bytes], Policies.attempts(3), CALLER);
    }

    private static Task onlyOnce(long id) {
        return new Task(id, null, Policies.attempts(1), CALLER);
    }

    private List<Long> handedTo(long process) {
        List<TaskTable.Assignment> assignments = table.assign();
        assertThat(assignments).extracting(TaskTable.Assignment::process).containsOnly(process);
        return idsOf(assignments, process);
    }

    private static List<Long> idsOf(List<TaskTable.Assignment> assignments, long process) {
        return assignments.stream()
                .filter(assignment -> assignment.process() == process)
                .map(assignment -> assignment.task().id())
                .toList();
    }
}
