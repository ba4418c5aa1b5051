package dev.pipelinebox.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.pipelinebox.api.Retry;
import dev.pipelinebox.api.TaskAttempt;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.internal.codec.FailureReport;
import dev.pipelinebox.internal.codec.KeyCodec;
import dev.pipelinebox.internal.task.Demand;
import dev.pipelinebox.internal.task.OutcomeSink;
import dev.pipelinebox.internal.task.Policies;
import dev.pipelinebox.internal.task.Task;
import dev.pipelinebox.internal.task.TaskPolicy;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SchedulerTest {

    private static final Demand ONE = new Demand(1, 1 << 20);
    private static final Demand MANY = new Demand(100, 1 << 20);
    private static final OutcomeSink CALLER = (taskId, outcome) -> {};
    private static final OutcomeSink OTHER_CALLER = (taskId, outcome) -> {};

    private static final Scheduler.Loss NO_LOSS = Scheduler.Loss.NONE;

    private static final TaskOptions NO_LIMITS = TaskOptions.defaults();
    private static final TaskPolicy RETRIED = Policies.attempts(3)
            .with(
                    NO_LIMITS.withRetry(
                            Retry.on(IOException.class).withBackoff(Duration.ofMillis(100), Duration.ofMillis(250))),
                    KeyCodec::write);

    /** In milliseconds. */
    private static final long GRACE = 5000;

    private final Scheduler scheduler = new Scheduler(Duration.ofMillis(GRACE));

    @Nested
    class Assigns {

        @Test
        void nothingWithoutAWorker() {
            add(1, 2);

            assertThat(scheduler.assign()).isEmpty();
        }

        @Test
        void nothingWithoutATask() {
            ready(1, MANY);

            assertThat(scheduler.assign()).isEmpty();
        }

        @Test
        void tasksFirstInFirstOut() {
            ready(1, MANY);
            add(1, 2, 3);

            assertThat(assignedTo(1)).containsExactly(1L, 2L, 3L);
        }

        @Test
        void aFirstTaskAsItsFirstAttempt() {
            ready(1, ONE);
            add(1);

            assertThat(scheduler.assign())
                    .singleElement()
                    .extracting(Lease::attempt)
                    .isEqualTo(1);
        }

        @Test
        void oneAtATimeToAWorkerThatAsksForOne() {
            ready(1, ONE);
            add(1, 2);

            assertThat(assignedTo(1)).containsExactly(1L);
            assertThat(scheduler.assign()).isEmpty();

            scheduler.finish(1, 1, 1);

            assertThat(assignedTo(1)).containsExactly(2L);
        }

        @Test
        void noMoreTasksThanTheDemand() {
            ready(1, new Demand(3, 1 << 20));
            addUpTo(10);

            assertThat(assignedTo(1)).containsExactly(1L, 2L, 3L);
        }

        @Test
        void noMoreBytesThanTheDemand() {
            ready(1, new Demand(100, 10));
            scheduler.add(task(1, 4));
            scheduler.add(task(2, 6));
            scheduler.add(task(3, 1));

            assertThat(assignedTo(1)).containsExactly(1L, 2L);
        }

        @Test
        void aSingleTaskThatIsLargerThanTheDemand() {
            ready(1, new Demand(100, 10));
            scheduler.add(task(1, 11));
            scheduler.add(task(2, 1));

            assertThat(assignedTo(1)).containsExactly(1L);
        }

        @Test
        void againAsManyBytesAsWereFinished() {
            ready(1, new Demand(100, 10));
            scheduler.add(task(1, 5));
            scheduler.add(task(2, 5));
            scheduler.add(task(3, 5));
            scheduler.assign();

            scheduler.finish(1, 1, 1);

            assertThat(assignedTo(1)).containsExactly(3L);
        }

        @Test
        void nothingOverALargeTaskThatDoesNotFit() {
            ready(1, new Demand(100, 10));
            scheduler.add(task(1, 6));
            scheduler.add(task(2, 6));
            scheduler.add(task(3, 1));

            assertThat(assignedTo(1)).containsExactly(1L);
        }

        @Test
        void asTheLatestDemandSays() {
            ready(1, ONE);
            addUpTo(10);
            scheduler.assign();

            scheduler.demand(1, new Demand(4, 1 << 20));
            assertThat(assignedTo(1)).containsExactly(2L, 3L, 4L);

            scheduler.demand(1, ONE);
            scheduler.finish(1, 1, 1);
            assertThat(scheduler.assign()).isEmpty();
        }

        @Test
        void toEachWorkerItsShareOfTheQueue() {
            ready(1, MANY);
            ready(2, MANY);
            addUpTo(5);

            List<Lease> assignments = scheduler.assign();

            assertThat(idsOf(assignments, 1)).containsExactly(1L, 2L, 3L);
            assertThat(idsOf(assignments, 2)).containsExactly(4L, 5L);
        }

        @Test
        void toTheEmptiestHandsFirst() {
            ready(1, MANY);
            add(1, 2);
            scheduler.assign();
            ready(2, MANY);
            add(3);

            assertThat(assignedTo(2)).containsExactly(3L);
        }

        @Test
        void nothingWithATaskThatHasOneAttempt() {
            ready(1, MANY);
            scheduler.add(onlyOnce(1));
            add(2, 3);

            assertThat(assignedTo(1)).containsExactly(1L);
            assertThat(scheduler.assign()).isEmpty();

            scheduler.finish(1, 1, 1);
            assertThat(assignedTo(1)).containsExactly(2L, 3L);
        }

        @Test
        void aTaskThatHasOneAttemptToEmptyHandsOnly() {
            ready(1, MANY);
            add(1, 2);
            scheduler.add(onlyOnce(3));
            scheduler.add(onlyOnce(4));

            assertThat(assignedTo(1)).containsExactly(1L, 2L);
            scheduler.finish(1, 1, 1);
            assertThat(scheduler.assign()).isEmpty();

            scheduler.finish(1, 2, 1);
            assertThat(assignedTo(1)).containsExactly(3L);
            assertThat(scheduler.assign()).isEmpty();

            scheduler.finish(1, 3, 1);
            assertThat(assignedTo(1)).containsExactly(4L);
        }

        @Test
        void nothingToAWorkerThatIsLost() {
            ready(1, MANY);
            scheduler.workerLost(1, Policies.SOME_END);
            add(1);

            assertThat(scheduler.assign()).isEmpty();
        }
    }

    @Nested
    class TakesAnOutcome {

        @Test
        void once() {
            ready(1, ONE);
            add(1);
            scheduler.assign();

            assertThat(scheduler.finish(1, 1, 1))
                    .get()
                    .extracting(finished -> finished.task().id())
                    .isEqualTo(1L);
            assertThat(scheduler.finish(1, 1, 1)).isEmpty();
        }

        @Test
        void inAnyOrder() {
            ready(1, MANY);
            add(1, 2, 3);
            scheduler.assign();

            assertThat(scheduler.finish(1, 3, 1)).isPresent();
            assertThat(scheduler.finish(1, 1, 1)).isPresent();
            assertThat(scheduler.finish(1, 2, 1)).isPresent();
            assertThat(scheduler.isEmpty()).isTrue();
        }

        @Test
        void notOfAnotherAttempt() {
            ready(1, ONE);
            add(1);
            scheduler.assign();

            assertThat(scheduler.finish(1, 1, 2)).isEmpty();
            assertThat(scheduler.isEmpty()).isFalse();
        }

        @Test
        void notFromAWorkerThatDoesNotHoldTheTask() {
            ready(1, ONE);
            ready(2, ONE);
            add(1);
            scheduler.assign();

            assertThat(scheduler.finish(2, 1, 1)).isEmpty();
        }

        @Test
        void notFromADeadWorkerWhoseTaskRunsElsewhere() {
            ready(1, MANY);
            add(1, 2);
            scheduler.assign();
            scheduler.workerLost(1, Policies.SOME_END);
            ready(2, MANY);
            scheduler.assign();

            assertThat(scheduler.finish(1, 1, 1)).isEmpty();
            assertThat(scheduler.finish(2, 1, 1)).isPresent();
        }

        @Test
        void notOfATaskThatWasGivenBack() {
            ready(1, MANY);
            add(1, 2);
            scheduler.assign();
            scheduler.returned(1, List.of(2L));

            assertThat(scheduler.finish(1, 2, 1)).isEmpty();
        }

        @Test
        void notOfATaskThatNobodyKnows() {
            ready(1, ONE);

            assertThat(scheduler.finish(1, 99, 1)).isEmpty();
        }
    }

    @Nested
    class WhenAWorkerDies {

        @Test
        void aKilledWorkersTaskRunsAgainElsewhere() {
            ready(1, ONE);
            add(1);
            scheduler.assign();

            Scheduler.Loss loss = scheduler.workerLost(1, Policies.SOME_END);
            ready(2, ONE);

            assertThat(loss.requeued()).extracting(Task::id).containsExactly(1L);
            assertThat(loss.failed()).isEmpty();
            assertThat(assignedTo(2)).containsExactly(1L);
        }

        @Test
        void theOnlyTaskInItsHandsHasSpentAnAttempt() {
            ready(1, ONE);
            add(1);
            scheduler.assign();
            scheduler.workerLost(1, Policies.SOME_END);
            ready(2, ONE);

            assertThat(scheduler.assign())
                    .singleElement()
                    .extracting(Lease::attempt)
                    .isEqualTo(2);
        }

        @Test
        void noneOfSeveralTasksHasSpentAnAttempt() {
            ready(1, MANY);
            add(1, 2);
            scheduler.assign();
            scheduler.workerLost(1, Policies.SOME_END);
            ready(2, ONE);
            ready(3, ONE);

            assertThat(scheduler.assign()).extracting(Lease::attempt).containsExactly(1, 1);
        }

        @Test
        void itsPlaceIsUnderSuspicionUnlessTheTaskHasEndedAnotherWorkerBefore() {
            add(1);
            ready(1, ONE);
            scheduler.assign();
            assertThat(scheduler.workerLost(1, Policies.SOME_END).isExplained()).isFalse();
            for (long process = 2; process <= 3; process++) {
                ready(process, ONE);
                scheduler.assign();
                assertThat(scheduler.workerLost(process, Policies.SOME_END).isExplained())
                        .isTrue();
            }
            ready(4, ONE);
            assertThat(scheduler.workerLost(4, Policies.SOME_END).isExplained()).isFalse();
        }

        @Test
        void theTasksInItsHandsRunAloneFromThenOn() {
            ready(1, MANY);
            add(1, 2);
            scheduler.assign();
            add(3);
            scheduler.workerLost(1, Policies.SOME_END);
            ready(2, MANY);

            assertThat(assignedTo(2)).containsExactly(1L);
            scheduler.finish(2, 1, 1);
            assertThat(assignedTo(2)).containsExactly(2L);
            scheduler.finish(2, 2, 1);
            assertThat(assignedTo(2)).containsExactly(3L);
        }

        @Test
        void aSuspectIsNotHandedToAWorkerThatHoldsOthers() {
            ready(1, ONE);
            add(1);
            scheduler.assign();
            ready(2, MANY);
            add(2, 3);
            scheduler.assign();
            scheduler.workerLost(1, Policies.SOME_END);

            assertThat(scheduler.assign()).isEmpty();

            scheduler.finish(2, 2, 1);
            scheduler.finish(2, 3, 1);
            assertThat(assignedTo(2)).containsExactly(1L);
        }

        @Test
        void theGuiltyOfSeveralIsFoundByRunningAlone() {
            ready(1, MANY);
            add(1, 2, 3);
            scheduler.assign();
            scheduler.workerLost(1, Policies.SOME_END);

            ready(2, MANY);
            scheduler.assign();
            scheduler.finish(2, 1, 1);
            scheduler.assign();
            Scheduler.Loss loss = scheduler.workerLost(2, Policies.SOME_END);
            ready(3, ONE);

            assertThat(loss.requeued()).extracting(Task::id).containsExactly(2L);
            assertThat(scheduler.assign()).singleElement().satisfies(again -> {
                assertThat(again.task().id()).isEqualTo(2);
                assertThat(again.attempt()).isEqualTo(2);
            });
        }

        @Test
        void aTaskFailsOnceItsAttemptsAreUsedUp() {
            add(1);
            for (long process = 1; process <= 2; process++) {
                ready(process, ONE);
                scheduler.assign();
                assertThat(scheduler.workerLost(process, Policies.SOME_END).failed())
                        .isEmpty();
            }
            ready(3, ONE);
            scheduler.assign();

            Scheduler.Loss loss = scheduler.workerLost(3, Policies.SOME_END);

            assertThat(loss.failed()).extracting(givenUp -> givenUp.task().id()).containsExactly(1L);
            assertThat(loss.requeued()).isEmpty();
            assertThat(scheduler.isEmpty()).isTrue();
        }

        @Test
        void withOneAttemptOnlyTheFirstDeathIsTheLast() {
            Scheduler strict = new Scheduler(Duration.ofSeconds(5));
            strict.workerReady(1, 1, ONE);
            strict.add(onlyOnce(1));
            strict.assign();

            assertThat(strict.workerLost(1, Policies.SOME_END).failed())
                    .extracting(givenUp -> givenUp.task().id())
                    .containsExactly(1L);
        }

        @Test
        void itsTasksGoBackToTheFrontInTheirOrder() {
            ready(1, new Demand(2, 1 << 20));
            addUpTo(4);
            scheduler.assign();
            scheduler.workerLost(1, Policies.SOME_END);

            assertThat(scheduler.removeQueued()).extracting(Task::id).containsExactly(1L, 2L, 3L, 4L);
        }

        @Test
        void oneWithEmptyHandsTakesNothingAlong() {
            ready(1, ONE);

            assertThat(scheduler.workerLost(1, Policies.SOME_END)).isEqualTo(NO_LOSS);
        }

        @Test
        void oneThatWasNeverReadyTakesNothingAlong() {
            add(1);

            assertThat(scheduler.workerLost(7, Policies.SOME_END)).isEqualTo(NO_LOSS);
            assertThat(scheduler.isEmpty()).isFalse();
        }

        @Test
        void itIsForgotten() {
            ready(1, ONE);
            add(1);
            scheduler.assign();
            scheduler.workerLost(1, Policies.SOME_END);

            assertThat(scheduler.workerLost(1, Policies.SOME_END).requeued()).isEmpty();
            assertThat(scheduler.returned(1, List.of(1L))).isEqualTo(NO_LOSS);
        }
    }

    @Nested
    class WhenAWorkerIsAskedToStop {

        @Test
        void itGetsNoMore() {
            ready(1, MANY);
            add(1);
            scheduler.assign();

            scheduler.stopRequested(1);
            add(2);
            assertThat(scheduler.assign()).isEmpty();

            scheduler.finish(1, 1, 1);
            assertThat(scheduler.assign()).isEmpty();
        }

        @Test
        void theOthersGetWhatWaits() {
            ready(1, MANY);
            ready(2, MANY);
            scheduler.stopRequested(1);
            add(1, 2);

            assertThat(assignedTo(2)).contains(1L);
        }

        @Test
        void itsOutcomesStillCount() {
            ready(1, ONE);
            add(1);
            scheduler.assign();
            scheduler.stopRequested(1);

            assertThat(scheduler.finish(1, 1, 1)).isPresent();
        }

        @Test
        void whatItOnlyHeldGoesOnWithoutBlame() {
            Scheduler strict = new Scheduler(Duration.ofSeconds(5));
            strict.workerReady(1, 1, MANY);
            strict.add(onlyOnce(1));
            strict.assign();
            strict.stopRequested(1);

            Scheduler.Loss loss = strict.workerLost(1, Policies.SOME_END);
            strict.workerReady(2, 2, MANY);

            assertThat(loss.requeued()).extracting(Task::id).containsExactly(1L);
            assertThat(loss.failed()).isEmpty();
            assertThat(strict.assign())
                    .singleElement()
                    .extracting(Lease::attempt)
                    .isEqualTo(1);
        }

        @Test
        void nobodyIsToBlameForOneThatTookItsMasterForGoneButWhatMustNotRunTwiceDoesNot() {
            Scheduler strict = new Scheduler(Duration.ofSeconds(5));
            strict.workerReady(1, 1, ONE);
            strict.workerReady(2, 2, ONE);
            strict.add(onlyOnce(1));
            strict.add(task(2, 0));
            strict.assign();
            strict.masterLost(1);
            strict.masterLost(2);

            Scheduler.Loss once = strict.workerLost(1, Policies.SOME_END);
            Scheduler.Loss often = strict.workerLost(2, Policies.SOME_END);

            assertThat(once.failed()).extracting(givenUp -> givenUp.task().id()).containsExactly(1L);
            assertThat(once.requeued()).isEmpty();
            assertThat(often.failed()).isEmpty();
            assertThat(often.requeued()).extracting(Task::id).containsExactly(2L);
            assertThat(often.isExplained()).isTrue();
        }

        @Test
        void nothingOfWhatItHeldIsSuspect() {
            ready(1, MANY);
            addUpTo(3);
            scheduler.assign();
            scheduler.stopRequested(1);
            scheduler.workerLost(1, Policies.SOME_END);
            ready(2, MANY);

            assertThat(assignedTo(2)).containsExactly(1L, 2L, 3L);
        }

        @Test
        void nothingIsTakenFromTheOthersForIt() {
            ready(1, MANY);
            addUpTo(4);
            scheduler.assign();
            ready(2, MANY);
            scheduler.stopRequested(2);

            assertThat(look(5)).isEmpty();
        }

        @Test
        void aWorkerThatNobodyKnowsMakesNoDifference() {
            ready(1, ONE);
            add(1);

            scheduler.stopRequested(9);

            assertThat(assignedTo(1)).containsExactly(1L);
        }
    }

    @Nested
    class OfAWorkerThatIsNotAtWork {

        @Test
        void nothingCountsThatItMayStillOrAlreadySend() {
            add(1);

            scheduler.demand(9, MANY);
            assertThat(scheduler.finish(9, 1, 1)).isEmpty();
            assertThat(scheduler.retry(9, 1, 1, List::of)).isEmpty();
            assertThat(scheduler.progress(9, 1, 1)).isFalse();
            assertThat(scheduler.returned(9, List.of(1L))).isEqualTo(NO_LOSS);
            assertThat(scheduler.discard(9, List.of(1L))).isEmpty();
            assertThat(scheduler.isIdle(9)).isTrue();
            scheduler.masterLost(9);

            ready(9, ONE);
            assertThat(assignedTo(9)).containsExactly(1L);
        }

        @Test
        void drainingIsAMistakeOfTheMasters() {
            assertThatThrownBy(() -> scheduler.drain(9))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("process 9");
        }

        @Test
        void readinessOfOneThatIsAtWorkIsAMistakeOfTheMasters() {
            ready(9, ONE);

            assertThatThrownBy(() -> ready(9, ONE))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("process 9");
        }
    }

    @Nested
    class WhenATaskCannotBeBroughtToItsWorker {

        @Test
        void itIsTakenOutAndTheWorkerGetsNoMore() {
            ready(1, MANY);
            add(1, 2);
            scheduler.assign();

            assertThat(scheduler.discard(1, List.of(2L))).extracting(Task::id).containsExactly(2L);
            add(3);
            assertThat(scheduler.assign()).isEmpty();
        }

        @Test
        void itsNeighbourIsNotToBlameForTheEndOfTheWorker() {
            ready(1, MANY);
            add(1, 2);
            scheduler.assign();
            scheduler.discard(1, List.of(2L));

            Scheduler.Loss loss = scheduler.workerLost(1, Policies.SOME_END);
            ready(2, MANY);

            assertThat(loss.requeued()).extracting(Task::id).containsExactly(1L);
            assertThat(scheduler.assign())
                    .singleElement()
                    .extracting(Lease::attempt)
                    .isEqualTo(1);
        }
    }

    @Nested
    class WhenAWorkerEndsByItself {

        @Test
        void itGetsNoMore() {
            ready(1, MANY);
            add(1);
            scheduler.assign();

            scheduler.ending(1);
            add(2);
            assertThat(scheduler.assign()).isEmpty();

            scheduler.finish(1, 1, 1);
            assertThat(scheduler.assign()).isEmpty();
        }

        @Test
        void theTaskInItsHandsIsToBlame() {
            Scheduler strict = new Scheduler(Duration.ofSeconds(5));
            strict.workerReady(1, 1, ONE);
            strict.add(onlyOnce(1));
            strict.assign();
            strict.ending(1);

            assertThat(strict.workerLost(1, Policies.SOME_END).failed())
                    .extracting(givenUp -> givenUp.task().id())
                    .containsExactly(1L);
        }

        @Test
        void nothingIsTakenFromTheOthersForIt() {
            ready(1, MANY);
            addUpTo(4);
            scheduler.assign();
            ready(2, MANY);
            scheduler.ending(2);

            assertThat(look(5)).isEmpty();
        }

        @Test
        void theOthersShareWhatWaits() {
            ready(1, MANY);
            ready(2, MANY);
            scheduler.ending(1);
            add(1, 2, 3, 4);

            assertThat(assignedTo(2)).containsExactly(1L, 2L, 3L, 4L);
        }

        @Test
        void aWorkerThatNobodyKnowsMakesNoDifference() {
            ready(1, ONE);
            add(1);

            scheduler.ending(9);

            assertThat(assignedTo(1)).containsExactly(1L);
        }
    }

    @Nested
    class Rebalances {

        @Test
        void nothingWhileNobodyIdles() {
            ready(1, MANY);
            ready(2, MANY);
            addUpTo(6);
            scheduler.assign();

            assertThat(look(5)).isEmpty();
        }

        @Test
        void whatIsStuckBehindALongTaskEvenWhileOthersWait() {
            ready(1, MANY);
            addUpTo(4);
            scheduler.assign();
            ready(2, ONE);
            add(5);

            assertThat(look(3)).isEqualTo(Map.of(1L, List.of(2L, 3L, 4L)));
        }

        @Test
        void allButTheFirstOfFullHandsThatBringNothingForAnIdleWorker() {
            ready(1, MANY);
            addUpTo(5);
            scheduler.assign();
            ready(2, MANY);

            assertThat(look(3)).isEqualTo(Map.of(1L, List.of(2L, 3L, 4L, 5L)));
        }

        @Test
        void nothingFromAWorkerThatBringsResults() {
            ready(1, MANY);
            addUpTo(5);
            scheduler.assign();
            ready(2, MANY);
            look(2);
            scheduler.finish(1, 1, 1);
            assertThat(look(2)).isEmpty();
            scheduler.finish(1, 2, 1);

            assertThat(look(2)).isEmpty();
        }

        @Test
        void noMoreForAStuckWorkerUntilItAsksAgain() {
            ready(1, MANY);
            addUpTo(3);
            scheduler.assign();
            ready(2, ONE);
            scheduler.returned(1, look(3).get(1L));

            assertThat(idsOf(scheduler.assign(), 1)).isEmpty();
            scheduler.demand(1, MANY);
            assertThat(idsOf(scheduler.assign(), 1)).containsExactly(3L);
        }

        @Test
        void nothingFromAWorkerThatWasBusyLongAgoAndHasJustGotNewTasks() {
            ready(1, MANY);
            look(10);
            addUpTo(5);
            scheduler.assign();
            ready(2, MANY);

            assertThat(look(2)).isEmpty();
        }

        @Test
        void nothingFromAWorkerWithOneTask() {
            ready(1, ONE);
            add(1);
            scheduler.assign();
            ready(2, ONE);

            assertThat(look(5)).isEmpty();
        }

        @Test
        void notTwiceBeforeTheWorkerHasAnswered() {
            ready(1, MANY);
            addUpTo(4);
            scheduler.assign();
            ready(2, MANY);
            assertThat(look(3)).containsOnlyKeys(1L);

            assertThat(look(3)).isEmpty();

            scheduler.returned(1, List.of());
            assertThat(scheduler.revocations()).containsOnlyKeys(1L);
        }

        @Test
        void givesTheReturnedTasksToTheIdleWorker() {
            ready(1, MANY);
            addUpTo(4);
            scheduler.assign();
            ready(2, MANY);
            List<Long> revoked = look(3).get(1L);

            assertThat(scheduler.returned(1, revoked).requeued())
                    .extracting(Task::id)
                    .containsExactly(2L, 3L, 4L);
            assertThat(idsOf(scheduler.assign(), 2)).contains(2L);
        }

        @Test
        void returnedTasksKeepTheirOrderBeforeThoseThatWait() {
            ready(1, new Demand(4, 1 << 20));
            addUpTo(6);
            scheduler.assign();

            scheduler.returned(1, List.of(3L, 4L));

            assertThat(scheduler.removeQueued()).extracting(Task::id).containsExactly(3L, 4L, 5L, 6L);
        }

        @Test
        void aReturnedTaskHasSpentNoAttemptAndIsNoSuspect() {
            ready(1, MANY);
            add(1, 2, 3);
            scheduler.assign();
            scheduler.returned(1, List.of(2L, 3L));
            scheduler.finish(1, 1, 1);

            assertThat(scheduler.assign()).extracting(Lease::attempt).containsExactly(1, 1);
        }

        @Test
        void ignoresTheReturnOfWhatTheWorkerDoesNotHold() {
            ready(1, MANY);
            add(1);
            scheduler.assign();

            assertThat(scheduler.returned(1, List.of(2L))).isEqualTo(NO_LOSS);
            assertThat(scheduler.returned(9, List.of(1L))).isEqualTo(NO_LOSS);
            assertThat(scheduler.finish(1, 1, 1)).isPresent();
        }
    }

    @Nested
    class Cancels {

        @Test
        void whatWaitsOfOneCallerOnly() {
            scheduler.add(new Task(1, null, Policies.attempts(3), CALLER));
            scheduler.add(new Task(2, null, Policies.attempts(3), OTHER_CALLER));
            scheduler.add(new Task(3, null, Policies.attempts(3), CALLER));

            Scheduler.Cancellation cancellation = scheduler.cancel(Set.of(CALLER));

            assertThat(cancellation.dropped()).extracting(Task::id).containsExactly(1L, 3L);
            assertThat(cancellation.inFlight()).isEmpty();
            assertThat(scheduler.removeQueued()).extracting(Task::id).containsExactly(2L);
        }

        @Test
        void whatIsInHandsOnlyByNamingIt() {
            ready(1, MANY);
            ready(2, MANY);
            scheduler.add(new Task(1, null, Policies.attempts(3), CALLER));
            scheduler.add(new Task(2, null, Policies.attempts(3), OTHER_CALLER));
            scheduler.add(new Task(3, null, Policies.attempts(3), CALLER));
            scheduler.assign();

            Scheduler.Cancellation cancellation = scheduler.cancel(Set.of(CALLER));

            assertThat(cancellation.dropped()).isEmpty();
            assertThat(cancellation.inFlight()).isEqualTo(Map.of(1L, List.of(1L), 2L, List.of(3L)));
            assertThat(scheduler.finish(1, 1, 1)).as("it still has an outcome").isPresent();
        }

        @Test
        void aTaskOfADeadWorkerForGood() {
            ready(1, MANY);
            scheduler.add(new Task(1, null, Policies.attempts(3), CALLER));
            scheduler.add(new Task(2, null, Policies.attempts(3), OTHER_CALLER));
            scheduler.assign();
            scheduler.cancel(Set.of(CALLER));

            Scheduler.Loss loss = scheduler.workerLost(1, Policies.SOME_END);

            assertThat(loss.dropped()).extracting(Task::id).containsExactly(1L);
            assertThat(loss.requeued()).extracting(Task::id).containsExactly(2L);
            assertThat(scheduler.removeQueued()).extracting(Task::id).containsExactly(2L);
        }

        @Test
        void aTaskThatIsGivenBackForGood() {
            ready(1, MANY);
            add(1, 2);
            scheduler.assign();
            scheduler.cancel(Set.of(CALLER));

            assertThat(scheduler.returned(1, List.of(2L)).dropped())
                    .extracting(Task::id)
                    .containsExactly(2L);
            assertThat(scheduler.removeQueued()).isEmpty();
        }

        @Test
        void aTaskWhoseLastAttemptDiesInsteadOfFailingIt() {
            Scheduler strict = new Scheduler(Duration.ofSeconds(5));
            strict.workerReady(1, 1, ONE);
            strict.add(onlyOnce(1));
            strict.assign();
            strict.cancel(Set.of(CALLER));

            Scheduler.Loss loss = strict.workerLost(1, Policies.SOME_END);

            assertThat(loss.dropped()).extracting(Task::id).containsExactly(1L);
            assertThat(loss.failed()).isEmpty();
        }

        @Test
        void whatSeveralCallersHaveAtOnce() {
            OutcomeSink third = (taskId, outcome) -> {};
            ready(1, new Demand(3, 1 << 20));
            long id = 0;
            for (int round = 0; round < 2; round++) {
                for (OutcomeSink sink : List.of(CALLER, OTHER_CALLER, third)) {
                    scheduler.add(new Task(++id, null, Policies.attempts(3), sink));
                }
            }
            scheduler.assign();

            Scheduler.Cancellation cancellation = scheduler.cancel(Set.of(CALLER, third));

            assertThat(cancellation.dropped()).extracting(Task::id).containsExactly(4L, 6L);
            assertThat(cancellation.inFlight()).isEqualTo(Map.of(1L, List.of(1L, 3L)));
            assertThat(scheduler.removeQueued()).extracting(Task::id).containsExactly(5L);
        }

        @Test
        void nothingOfACallerWithoutTasks() {
            add(1);

            assertThat(scheduler.cancel(Set.of(OTHER_CALLER)))
                    .isEqualTo(new Scheduler.Cancellation(List.of(), Map.of()));
        }
    }

    @Nested
    class Drains {

        @Test
        void allThatWaitsInItsOrder() {
            add(1, 2, 3);

            assertThat(scheduler.removeQueued()).extracting(Task::id).containsExactly(1L, 2L, 3L);
            assertThat(scheduler.removeQueued()).isEmpty();
            assertThat(scheduler.isEmpty()).isTrue();
        }

        @Test
        void nothingThatIsInHands() {
            ready(1, ONE);
            add(1, 2);
            scheduler.assign();

            assertThat(scheduler.removeQueued()).extracting(Task::id).containsExactly(2L);
            assertThat(scheduler.isEmpty()).isFalse();
            assertThat(scheduler.finish(1, 1, 1)).isPresent();
            assertThat(scheduler.isEmpty()).isTrue();
        }
    }

    @Nested
    class WhenATaskWaitsTooLong {

        @Test
        void itIsTakenOut() {
            scheduler.add(limited(1, NO_LIMITS.withQueueTimeout(Duration.ofMillis(100))));
            add(2);

            at(99);
            assertThat(scheduler.expired()).isEmpty();

            at(100);
            assertThat(scheduler.expired()).extracting(Task::id).containsExactly(1L);
            assertThat(scheduler.expired()).isEmpty();
            assertThat(scheduler.removeQueued()).extracting(Task::id).containsExactly(2L);
        }

        @Test
        void itsWaitCountsFromWhenItWasAdded() {
            at(1000);
            scheduler.add(limited(1, NO_LIMITS.withQueueTimeout(Duration.ofMillis(100))));

            at(1099);
            assertThat(scheduler.expired()).isEmpty();

            at(1100);
            assertThat(scheduler.expired()).hasSize(1);
        }

        @Test
        void othersBehindItWithShorterLimitsAreTakenOutBeforeIt() {
            scheduler.add(limited(1, NO_LIMITS.withQueueTimeout(Duration.ofMillis(300))));
            scheduler.add(limited(2, NO_LIMITS.withQueueTimeout(Duration.ofMillis(100))));

            at(200);
            assertThat(scheduler.expired()).extracting(Task::id).containsExactly(2L);
        }

        @Test
        void itDoesNotMatterOnceItIsInHands() {
            ready(1, ONE);
            scheduler.add(limited(1, NO_LIMITS.withQueueTimeout(Duration.ofMillis(100))));
            scheduler.assign();

            at(1000);
            assertThat(scheduler.expired()).isEmpty();
            assertThat(scheduler.overdue()).isEmpty();
            assertThat(scheduler.finish(1, 1, 1)).isPresent();
        }

        @Test
        void itDoesNotMatterOnceItMayHaveStarted() {
            ready(1, MANY);
            scheduler.add(limited(1, NO_LIMITS.withQueueTimeout(Duration.ofMillis(100))));
            scheduler.add(limited(2, NO_LIMITS.withQueueTimeout(Duration.ofMillis(100))));
            scheduler.assign();
            scheduler.returned(1, List.of(2L));
            scheduler.workerLost(1, Policies.SOME_END);

            at(1000);
            assertThat(scheduler.expired())
                    .as("what was given back was never started")
                    .extracting(Task::id)
                    .containsExactly(2L);
            assertThat(scheduler.removeQueued()).extracting(Task::id).containsExactly(1L);
        }

        @Test
        void itDoesNotMatterOnceItsWorkerDiedSinceItMayHaveStartedThereBehindOthersToo() {
            ready(1, MANY);
            add(1);
            scheduler.add(limited(2, NO_LIMITS.withQueueTimeout(Duration.ofMillis(100))));
            scheduler.assign();
            scheduler.workerLost(1, Policies.SOME_END);

            at(1000);
            assertThat(scheduler.expired())
                    .as("the outcome of the first may have been lost with the process")
                    .isEmpty();
            assertThat(scheduler.removeQueued()).extracting(Task::id).containsExactly(1L, 2L);
        }

        @Test
        void itIsTakenBackFromAWorkerThatIsBusyWithAnother() {
            ready(1, MANY);
            add(1);
            scheduler.add(limited(2, NO_LIMITS.withQueueTimeout(Duration.ofMillis(100))));
            scheduler.assign();

            at(99);
            assertThat(scheduler.revocations()).isEmpty();
            at(100);
            assertThat(scheduler.revocations()).containsExactly(Map.entry(1L, List.of(2L)));
            scheduler.returned(1, List.of(2L));
            assertThat(scheduler.expired()).extracting(Task::id).containsExactly(2L);
        }
    }

    @Test
    void twoThatRestedAlikeRunAgainInTheirOrder() {
        Retry retry = Retry.on(IOException.class);
        ready(1, ONE);
        for (long id = 1; id <= 2; id++) {
            scheduler.add(limited(id, NO_LIMITS.withRetry(retry)));
            scheduler.assign();
            scheduler.retry(1, id, 1, () -> List.of("java.io.IOException"));
        }
        at(1000);
        scheduler.requeueDelayed();
        assertThat(scheduler.removeQueued()).extracting(Task::id).containsExactly(1L, 2L);
    }

    @Nested
    class WhenATaskRunsTooLong {

        @Test
        void itIsInterruptedOnceByItsSoftLimit() {
            run(limited(1, NO_LIMITS.withSoftTimeout(Duration.ofMillis(100))));

            at(99);
            assertThat(actions()).isEmpty();

            at(100);
            assertThat(actions()).containsExactly("interrupt task 1 in process 1: SOFT");
            assertThat(actions()).isEmpty();
        }

        @Test
        void itIsKilledOnceIfItStillRunsWhenTheGraceIsOver() {
            run(limited(1, NO_LIMITS.withSoftTimeout(Duration.ofMillis(100))));
            at(100);
            scheduler.overdue();

            at(100 + GRACE - 1);
            assertThat(actions()).isEmpty();

            at(100 + GRACE);
            assertThat(actions()).containsExactly("kill process 1 for task 1: SOFT");
            assertThat(actions()).isEmpty();
        }

        @Test
        void itsOutcomeAfterTheInterruptSaysSo() {
            run(limited(1, NO_LIMITS.withSoftTimeout(Duration.ofMillis(100))));
            at(100);
            scheduler.overdue();

            assertThat(scheduler.finish(1, 1, 1))
                    .get()
                    .extracting(Scheduler.Finished::wasInterrupted)
                    .isEqualTo(true);
        }

        @Test
        void itIsNoLongerTakenForInterruptedWhenItRunsAgain() {
            run(limited(1, NO_LIMITS.withSoftTimeout(Duration.ofMillis(100))));
            at(100);
            scheduler.overdue();
            scheduler.workerLost(1, Policies.SOME_END);
            ready(2, ONE);
            at(1000);
            scheduler.assign();

            at(1099);
            assertThat(actions()).isEmpty();
            assertThat(scheduler.finish(2, 1, 2))
                    .get()
                    .extracting(Scheduler.Finished::wasInterrupted)
                    .isEqualTo(false);
        }

        @Test
        void itIsKilledAtOnceByItsHardLimit() {
            run(limited(1, NO_LIMITS.withHardTimeout(Duration.ofMillis(100))));

            at(99);
            assertThat(actions()).isEmpty();

            at(100);
            assertThat(actions()).containsExactly("kill process 1 for task 1: HARD");
        }

        @Test
        void itsHardLimitStrikesWithinTheGraceToo() {
            run(limited(1, NO_LIMITS.withSoftTimeout(Duration.ofMillis(100)).withHardTimeout(Duration.ofMillis(200))));
            at(100);
            scheduler.overdue();

            at(200);
            assertThat(actions()).containsExactly("kill process 1 for task 1: HARD");
        }

        @Test
        void itIsKilledIfItNeverToldOfProgress() {
            run(limited(1, NO_LIMITS.withStallTimeout(Duration.ofMillis(100))));

            at(99);
            assertThat(actions()).isEmpty();

            at(100);
            assertThat(actions()).containsExactly("kill process 1 for task 1: STALL");
        }

        @Test
        void itsStallCountsFromTheLastProgress() {
            run(limited(1, NO_LIMITS.withStallTimeout(Duration.ofMillis(100))));
            at(80);
            assertThat(scheduler.progress(1, 1, 1)).isTrue();

            at(179);
            assertThat(actions()).isEmpty();

            at(180);
            assertThat(actions()).containsExactly("kill process 1 for task 1: STALL");
        }

        @Test
        void progressOfAnEarlierAttemptDoesNotCount() {
            run(limited(1, NO_LIMITS.withStallTimeout(Duration.ofMillis(100))));
            scheduler.workerLost(1, Policies.SOME_END);
            ready(2, ONE);
            scheduler.assign();
            at(80);

            assertThat(scheduler.progress(2, 1, 1)).as("its first attempt").isFalse();
            assertThat(scheduler.progress(1, 1, 2)).as("from the dead worker").isFalse();
            assertThat(scheduler.progress(2, 9, 1)).as("of an unknown task").isFalse();
            at(100);
            assertThat(actions()).containsExactly("kill process 2 for task 1: STALL");
        }

        @Test
        void progressOfAnEarlierRunIsNoProgressOfTheNext() {
            run(limited(1, NO_LIMITS.withStallTimeout(Duration.ofMillis(100))));
            at(90);
            scheduler.progress(1, 1, 1);
            at(95);
            scheduler.workerLost(1, Policies.SOME_END);
            ready(2, ONE);
            scheduler.assign();

            at(195);
            assertThat(actions()).containsExactly("kill process 2 for task 1: STALL");
        }

        @Test
        void onlyTheFirstInTheHandIsJudged() {
            ready(1, MANY);
            add(1);
            scheduler.add(limited(2, NO_LIMITS.withHardTimeout(Duration.ofMillis(100))));
            scheduler.assign();

            at(1000);
            assertThat(actions()).isEmpty();
        }

        @Test
        void itsTimeCountsFromWhenItBecameTheFirst() {
            ready(1, MANY);
            add(1);
            scheduler.add(limited(2, NO_LIMITS.withHardTimeout(Duration.ofMillis(100))));
            scheduler.assign();
            at(500);
            scheduler.finish(1, 1, 1);

            at(599);
            assertThat(actions()).isEmpty();

            at(600);
            assertThat(actions()).containsExactly("kill process 1 for task 2: HARD");
        }

        @Test
        void itsTimeGoesOnWhenATaskBehindItIsDoneWith() {
            ready(1, MANY);
            scheduler.add(limited(1, NO_LIMITS.withHardTimeout(Duration.ofMillis(100))));
            add(2, 3);
            scheduler.assign();
            at(50);
            scheduler.finish(1, 2, 1);
            scheduler.returned(1, List.of(3L));

            at(100);
            assertThat(actions()).containsExactly("kill process 1 for task 1: HARD");
        }

        @Test
        void nothingIsJudgedInAHandThatIsEnding() {
            run(limited(1, NO_LIMITS.withHardTimeout(Duration.ofMillis(100))));
            scheduler.ending(1);

            at(1000);
            assertThat(actions()).isEmpty();
        }

        @Test
        void aWorkerThatWasAskedToStopIsJudgedAllTheSame() {
            run(limited(1, NO_LIMITS.withHardTimeout(Duration.ofMillis(100))));
            scheduler.stopRequested(1);

            at(100);
            assertThat(actions()).containsExactly("kill process 1 for task 1: HARD");
        }

        @Test
        void aHandThatIsSentencedGetsNoMore() {
            ready(1, MANY);
            scheduler.add(limited(1, NO_LIMITS.withHardTimeout(Duration.ofMillis(100))));
            scheduler.assign();
            at(100);
            scheduler.overdue();

            add(2);
            assertThat(scheduler.assign()).isEmpty();
        }

        @Test
        void aKilledTaskFailsWithItsLimitWhateverAttemptsAreLeft() {
            run(limited(1, NO_LIMITS.withHardTimeout(Duration.ofMillis(100)).withMaxAttempts(5)));
            at(100);
            scheduler.overdue();

            at(130);
            Scheduler.Loss loss = scheduler.workerLost(1, Policies.SOME_END);

            assertThat(loss.requeued()).isEmpty();
            assertThat(loss.failed()).singleElement().satisfies(givenUp -> {
                assertThat(givenUp.task().id()).isEqualTo(1);
                assertThat(givenUp.limit()).isEqualTo(TimeoutAction.Limit.HARD);
                assertThat(givenUp.attempts()).singleElement().satisfies(attempt -> {
                    assertThat(attempt.attempt()).isEqualTo(1);
                    assertThat(attempt.lasted()).isEqualTo(Duration.ofMillis(130));
                    assertThat(attempt.exit()).isEqualTo(Policies.SOME_END.exit());
                });
            });
            assertThat(scheduler.isEmpty()).isTrue();
        }

        @Test
        void whatItsHandAlsoHeldGoesOnWithoutSuspicion() {
            ready(1, MANY);
            scheduler.add(limited(1, NO_LIMITS.withHardTimeout(Duration.ofMillis(100))));
            add(2, 3);
            scheduler.assign();
            at(100);
            scheduler.overdue();

            Scheduler.Loss loss = scheduler.workerLost(1, Policies.SOME_END);
            ready(2, MANY);

            assertThat(loss.failed()).extracting(givenUp -> givenUp.task().id()).containsExactly(1L);
            assertThat(loss.requeued()).extracting(Task::id).containsExactly(2L, 3L);
            assertThat(scheduler.assign())
                    .extracting(assignment -> assignment.task().id(), Lease::attempt)
                    .containsExactly(tuple(2L, 1), tuple(3L, 1));
        }

        @Test
        void anOutcomeBetweenSentenceAndDeathCountsAndNobodyIsBlamed() {
            ready(1, MANY);
            scheduler.add(limited(1, NO_LIMITS.withHardTimeout(Duration.ofMillis(100))));
            scheduler.add(twice(2));
            scheduler.assign();
            at(100);
            scheduler.overdue();

            assertThat(scheduler.finish(1, 1, 1)).isPresent();
            Scheduler.Loss loss = scheduler.workerLost(1, Policies.SOME_END);

            assertThat(loss.failed()).isEmpty();
            assertThat(loss.requeued()).extracting(Task::id).containsExactly(2L);
            ready(2, MANY);
            add(3);
            assertThat(assignedTo(2)).as("2 is no suspect").containsExactly(2L, 3L);
        }
    }

    @Nested
    class WhenACancelledTaskRunsOn {

        @Test
        void itIsKilledWhenTheGraceIsOver() {
            run(task(1, 0));
            at(100);
            scheduler.cancel(Set.of(CALLER));

            at(100 + GRACE - 1);
            assertThat(actions()).isEmpty();

            at(100 + GRACE);
            assertThat(actions()).containsExactly("kill process 1 for task 1: CANCELLED");
        }

        @Test
        void itsGraceCountsFromTheFirstTimeThatItWasCancelled() {
            run(task(1, 0));
            scheduler.cancel(Set.of(CALLER));
            at(GRACE - 1);
            scheduler.cancel(Set.of(CALLER));

            at(GRACE);
            assertThat(actions()).hasSize(1);
        }

        @Test
        void itsGraceCountsFromWhenItBecameTheFirst() {
            ready(1, MANY);
            scheduler.add(new Task(1, null, Policies.attempts(3), OTHER_CALLER));
            add(2);
            scheduler.assign();
            scheduler.cancel(Set.of(CALLER));
            at(1000);
            scheduler.finish(1, 1, 1);

            at(1000 + GRACE - 1);
            assertThat(actions()).isEmpty();

            at(1000 + GRACE);
            assertThat(actions()).containsExactly("kill process 1 for task 2: CANCELLED");
        }

        @Test
        void itIsNotInterruptedBySoftLimitsAnyMore() {
            run(limited(1, NO_LIMITS.withSoftTimeout(Duration.ofMillis(100))));
            scheduler.cancel(Set.of(CALLER));

            at(100);
            assertThat(actions()).isEmpty();
        }

        @Test
        void itIsDroppedWithItsProcessAndNobodyIsToldOfAFailure() {
            ready(1, MANY);
            scheduler.add(task(1, 0));
            scheduler.add(new Task(2, null, Policies.attempts(2), OTHER_CALLER));
            scheduler.assign();
            scheduler.cancel(Set.of(CALLER));
            at(GRACE);
            scheduler.overdue();

            Scheduler.Loss loss = scheduler.workerLost(1, Policies.SOME_END);

            assertThat(loss.dropped()).extracting(Task::id).containsExactly(1L);
            assertThat(loss.failed()).isEmpty();
            assertThat(loss.requeued()).extracting(Task::id).containsExactly(2L);
        }
    }

    @Nested
    class WhenATaskThrowsWhatItMayBeTriedAgainFor {

        @Test
        void itRestsAndThenRunsAgainAtTheFront() {
            ready(1, ONE);
            scheduler.add(retried(1));
            add(2, 3);
            scheduler.assign();

            assertThat(threw(1, 1, 1, new IOException())).contains(Duration.ofMillis(100));
            assertThat(assignedTo(1)).containsExactly(2L);
            scheduler.finish(1, 2, 1);

            at(99);
            scheduler.requeueDelayed();
            assertThat(assignedTo(1)).containsExactly(3L);
            scheduler.finish(1, 3, 1);
            assertThat(scheduler.assign()).isEmpty();
            add(4);

            at(100);
            scheduler.requeueDelayed();
            assertThat(scheduler.assign()).singleElement().satisfies(again -> {
                assertThat(again.task().id()).isEqualTo(1);
                assertThat(again.attempt()).isEqualTo(2);
            });
        }

        @Test
        void aSubclassOfWhatIsNamedCountsToo() {
            run(retried(1));

            assertThat(threw(1, 1, 1, new FileNotFoundException())).isPresent();
        }

        @Test
        void anythingElseIsItsResult() {
            run(retried(1));

            assertThat(threw(1, 1, 1, new IllegalStateException(new IOException())))
                    .isEmpty();
            assertThat(scheduler.finish(1, 1, 1)).isPresent();
        }

        @Test
        void theLastOfItsAttemptsIsItsResult() {
            run(retried(1));
            throwAndRunAgain(1);
            throwAndRunAgain(2);

            assertThat(threw(1, 1, 3, new IOException())).isEmpty();
            assertThat(scheduler.finish(1, 1, 3)).isPresent();
        }

        @Test
        void itsRestDoublesUpToTheLongest() {
            run(retried(1, 5));

            assertThat(throwAndRunAgain(1)).contains(Duration.ofMillis(100));
            assertThat(throwAndRunAgain(2)).contains(Duration.ofMillis(200));
            assertThat(throwAndRunAgain(3)).contains(Duration.ofMillis(250));
            assertThat(throwAndRunAgain(4)).contains(Duration.ofMillis(250));
        }

        @Test
        void anOutcomeOfAnEarlierAttemptCountsNoMore() {
            run(retried(1));
            throwAndRunAgain(1);

            assertThat(threw(1, 1, 1, new IOException())).isEmpty();
            assertThat(scheduler.finish(1, 1, 1)).isEmpty();
            assertThat(scheduler.finish(1, 1, 2)).isPresent();
        }

        @Test
        void whatNobodyHoldsIsNotTriedAgain() {
            run(retried(1));

            assertThat(threw(9, 1, 1, new IOException())).isEmpty();
            assertThat(threw(1, 9, 1, new IOException())).isEmpty();
        }

        @Test
        void itsClassesAreNotAskedForIfItNamesNone() {
            run(task(1, 0));

            assertThat(scheduler.retry(1, 1, 1, () -> {
                        throw new AssertionError("the report need not be read");
                    }))
                    .isEmpty();
        }

        @Test
        void aCancelledTaskIsNotTriedAgain() {
            run(retried(1));
            scheduler.cancel(Set.of(CALLER));

            assertThat(threw(1, 1, 1, new IOException())).isEmpty();
        }

        @Test
        void anInterruptedTaskIsNotTriedAgain() {
            run(new Task(
                    1, null, RETRIED.with(NO_LIMITS.withSoftTimeout(Duration.ofMillis(100)), KeyCodec::write), CALLER));
            at(100);
            scheduler.overdue();

            assertThat(threw(1, 1, 1, new InterruptedIOException())).isEmpty();
        }

        @Test
        void itIsDroppedIfItIsCancelledWhileItRests() {
            run(retried(1));
            threw(1, 1, 1, new IOException());

            assertThat(scheduler.cancel(Set.of(CALLER)).dropped())
                    .extracting(Task::id)
                    .containsExactly(1L);
            assertThat(scheduler.isEmpty()).isTrue();
        }

        @Test
        void itIsDrainedWithTheQueueAlthoughItRests() {
            run(retried(1));
            add(2);
            threw(1, 1, 1, new IOException());

            assertThat(scheduler.removeQueued()).extracting(Task::id).containsExactlyInAnyOrder(1L, 2L);
            assertThat(scheduler.isEmpty()).isTrue();
        }

        @Test
        void theTableIsNotEmptyWhileItRests() {
            run(retried(1));
            threw(1, 1, 1, new IOException());

            assertThat(scheduler.isEmpty()).isFalse();
        }

        @Test
        void itsAttemptsIfWorkersDieAreCountedApart() {
            run(new Task(1, null, RETRIED.with(NO_LIMITS.withMaxAttempts(2), KeyCodec::write), CALLER));
            throwAndRunAgain(1);
            throwAndRunAgain(2);

            assertThat(scheduler.workerLost(1, Policies.SOME_END).requeued())
                    .extracting(Task::id)
                    .containsExactly(1L);
        }

        /** It throws in this attempt, and is in the worker's hands again when the rest is over. */
        private Optional<Duration> throwAndRunAgain(int attempt) {
            Optional<Duration> pause = threw(1, 1, attempt, new IOException());
            at(attempt * 10_000L);
            scheduler.requeueDelayed();
            assertThat(assignedTo(1)).containsExactly(1L);
            return pause;
        }

        private Optional<Duration> threw(long process, long taskId, int attempt, Throwable thrown) {
            return scheduler.retry(
                    process,
                    taskId,
                    attempt,
                    () -> FailureReport.of(FailureReport.Kind.TASK, thrown).typesThrownByTask());
        }

        private static Task retried(long id) {
            return new Task(id, null, RETRIED, CALLER);
        }

        private static Task retried(long id, int attempts) {
            return new Task(
                    id,
                    null,
                    RETRIED.with(NO_LIMITS.withRetry(RETRIED.retry().withMaxAttempts(attempts)), KeyCodec::write),
                    CALLER);
        }
    }

    @Nested
    class Suspects {

        @Test
        void untilOneIsConvictedOfTheSameDeath() {
            killHolding(1, 1, 2, 3);
            ready(2, MANY);
            assertThat(assignedTo(2)).containsExactly(1L);
            scheduler.workerLost(2, Policies.SOME_END);

            ready(3, MANY);
            scheduler.assign();
            scheduler.finish(3, 1, 2);

            assertThat(assignedTo(3)).containsExactly(2L, 3L);
        }

        @Test
        void aConvictForGood() {
            killHolding(1, 1, 2, 3);
            ready(2, MANY);
            scheduler.assign();
            scheduler.workerLost(2, Policies.SOME_END);

            ready(3, MANY);

            assertThat(assignedTo(3)).containsExactly(1L);
            assertThat(scheduler.assign()).isEmpty();
        }

        @Test
        void theOthersWhenOneHasRunWell() {
            killHolding(1, 1, 2, 3);
            ready(2, MANY);
            scheduler.assign();
            scheduler.finish(2, 1, 1);

            assertThat(assignedTo(2)).containsExactly(2L);
            assertThat(scheduler.assign()).isEmpty();
        }

        @Test
        void thoseOfAnotherDeathWhenOneIsConvicted() {
            ready(1, new Demand(2, 1 << 20));
            ready(2, new Demand(2, 1 << 20));
            addUpTo(4);
            scheduler.assign();
            scheduler.workerLost(2, Policies.SOME_END);
            scheduler.workerLost(1, Policies.SOME_END);
            ready(3, MANY);
            assertThat(assignedTo(3)).containsExactly(1L);
            scheduler.workerLost(3, Policies.SOME_END);
            ready(4, MANY);

            assertThat(assignedTo(4)).as("the convict").containsExactly(1L);
            scheduler.finish(4, 1, 2);
            assertThat(assignedTo(4)).as("cleared").containsExactly(2L);
            scheduler.finish(4, 2, 1);
            assertThat(assignedTo(4)).as("still suspect").containsExactly(3L);
            scheduler.finish(4, 3, 1);
            assertThat(assignedTo(4)).as("still suspect").containsExactly(4L);
        }

        @Test
        void nobodyWhenATaskAloneInItsHandIsConvicted() {
            killHolding(1, 1);
            add(2, 3);
            ready(2, MANY);
            scheduler.assign();
            scheduler.finish(2, 1, 2);

            assertThat(assignedTo(2)).containsExactly(2L, 3L);
        }

        private void killHolding(long process, long... ids) {
            ready(process, MANY);
            add(ids);
            scheduler.assign();
            scheduler.workerLost(process, Policies.SOME_END);
        }
    }

    @Nested
    class KeepsOfADeath {

        @Test
        void whichWorkerItWasAndHowLongTheAttemptLasted() {
            scheduler.add(onlyOnce(1));
            at(200);
            ready(1, ONE);
            scheduler.assign();
            at(450);

            CrashAttribution.End end =
                    new CrashAttribution.End(7, Policies.SOME_END.exit(), Instant.ofEpochSecond(1000));
            List<CrashAttribution.GivenUp> failed = scheduler.workerLost(1, end).failed();

            assertThat(failed).singleElement().satisfies(givenUp -> {
                assertThat(givenUp.limit()).isNull();
                assertThat(givenUp.attempts())
                        .containsExactly(new TaskAttempt(
                                1,
                                7,
                                Instant.ofEpochSecond(1000).minusMillis(250),
                                Duration.ofMillis(250),
                                Policies.SOME_END.exit()));
            });
        }

        @Test
        void theLastTenAttempts() {
            scheduler.add(new Task(1, null, Policies.attempts(12), CALLER));
            for (long process = 1; process <= 11; process++) {
                ready(process, ONE);
                scheduler.assign();
                scheduler.workerLost(process, Policies.SOME_END);
            }
            ready(12, ONE);
            scheduler.assign();

            List<CrashAttribution.GivenUp> failed =
                    scheduler.workerLost(12, Policies.SOME_END).failed();

            assertThat(failed)
                    .singleElement()
                    .satisfies(givenUp -> assertThat(givenUp.attempts())
                            .extracting(TaskAttempt::attempt)
                            .containsExactly(3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
        }

        @Test
        void theAttemptsThatEndedAWorkerBeforeALimitStruck() {
            scheduler.add(limited(1, NO_LIMITS.withHardTimeout(Duration.ofMillis(100))));
            ready(1, ONE);
            scheduler.assign();
            scheduler.workerLost(1, Policies.SOME_END);
            ready(2, ONE);
            scheduler.assign();
            at(100);
            scheduler.overdue();

            assertThat(scheduler.workerLost(2, Policies.SOME_END).failed())
                    .singleElement()
                    .satisfies(givenUp -> assertThat(givenUp.attempts())
                            .extracting(TaskAttempt::attempt)
                            .containsExactly(1, 2));
        }

        @Test
        void nothingOfOneThatWasOnlySuspected() {
            ready(1, MANY);
            scheduler.add(twice(1));
            scheduler.add(twice(2));
            scheduler.assign();
            for (long process = 1; process <= 2; process++) {
                assertThat(scheduler.workerLost(process, Policies.SOME_END).failed())
                        .isEmpty();
                ready(process + 1, MANY);
                assertThat(assignedTo(process + 1)).containsExactly(1L);
            }

            assertThat(scheduler.workerLost(3, Policies.SOME_END).failed())
                    .singleElement()
                    .satisfies(givenUp -> assertThat(givenUp.attempts())
                            .extracting(TaskAttempt::attempt)
                            .containsExactly(1, 2));
        }
    }

    /** Looks so many times for what to take back; only the last time may there be something. */
    private Map<Long, List<Long>> look(int times) {
        for (int i = 1; i < times; i++) {
            assertThat(scheduler.revocations()).isEmpty();
        }
        return scheduler.revocations();
    }

    private void add(long... ids) {
        LongStream.of(ids).forEach(id -> scheduler.add(task(id, 0)));
    }

    private void addUpTo(long last) {
        LongStream.rangeClosed(1, last).forEach(id -> scheduler.add(task(id, 0)));
    }

    /** Each process fills a place of its own. */
    private void ready(long process, Demand demand) {
        scheduler.workerReady(process, (int) process, demand);
    }

    private void at(long millis) {
        scheduler.now(Duration.ofMillis(millis).toNanos());
    }

    /** Has a worker that asks for one run this task. */
    private void run(Task task) {
        ready(1, ONE);
        scheduler.add(task);
        scheduler.assign();
    }

    private List<String> actions() {
        return scheduler.overdue().stream()
                .map(action -> (action.kill()
                                ? "kill process %d for task %d: %s"
                                : "interrupt task %2$d in process %1$d: %3$s")
                        .formatted(action.process(), action.task().id(), action.limit()))
                .toList();
    }

    private static Task limited(long id, TaskOptions options) {
        return new Task(id, null, Policies.attempts(3).with(options, KeyCodec::write), CALLER);
    }

    private static Task task(long id, int bytes) {
        return new Task(id, new byte[bytes], Policies.attempts(3), CALLER);
    }

    private static Task onlyOnce(long id) {
        return new Task(id, null, Policies.attempts(1), CALLER);
    }

    private static Task twice(long id) {
        return new Task(id, null, Policies.attempts(2), CALLER);
    }

    private List<Long> assignedTo(long process) {
        List<Lease> assignments = scheduler.assign();
        assertThat(assignments).extracting(Lease::process).containsOnly(process);
        return idsOf(assignments, process);
    }

    private static List<Long> idsOf(List<Lease> assignments, long process) {
        return assignments.stream()
                .filter(assignment -> assignment.process() == process)
                .map(assignment -> assignment.task().id())
                .toList();
    }
}
