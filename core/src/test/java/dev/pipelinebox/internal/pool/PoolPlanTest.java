package dev.pipelinebox.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.internal.pool.PoolPlan.EndEffect;
import dev.pipelinebox.internal.pool.WorkerRecord.State;
import dev.pipelinebox.internal.task.Demand;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Processes are known by their numbers, in the order in which they were launched; "a" and "b" are parameters. */
class PoolPlanTest {

    private PoolPlan pool = new PoolPlan(Specs.settings(0));

    @Nested
    class ASlot {

        @Test
        void isFilledByAProcessOnceItsWorkerIsBuilt() {
            add(0, "a");
            assertThat(actions()).containsExactly("launch 1 for worker 0");
            assertThat(actions()).isEmpty();

            ready(1);
            assertThat(actions()).containsExactly("activate 1 as worker 0");
            assertThat(actions()).isEmpty();
        }

        @Test
        void knowsItsWorker() {
            WorkerSlot slot = add(0, "a");
            assertThat(pool.hasNoSlot()).isFalse();
            actions();

            assertThat(pool.slotOf(record(1))).contains(slot);
        }

        @Test
        void isFilledAgainAtOnceWhenItsWorkerDiesForTheFirstTime() {
            working("a");

            assertThat(dies(1)).isEqualTo(EndEffect.REPLACED);
            assertThat(actions()).containsExactly("launch 2 for worker 0");
        }

        @Test
        void restsBeforeItIsFilledAgainWhenWorkersKeepDying() {
            working("a");
            dies(1);
            actions();
            readyAndActive(2);

            assertThat(dies(2)).isEqualTo(EndEffect.REPLACED);
            assertThat(actions()).containsExactly("back off worker 0 for 200 ms");

            pool.onBackoffOver(0);
            assertThat(actions()).containsExactly("launch 3 for worker 0");
        }

        @Test
        void isNeverGivenUpForWorkersThatDieAtWork() {
            working("a");
            for (int process = 1; process <= 20; process++) {
                assertThat(dies(process)).isEqualTo(EndEffect.REPLACED);
                pool.onBackoffOver(0);
                actions();
                readyAndActive(process + 1);
            }
        }

        @Test
        void isSoundAgainOnceItsWorkerHasBroughtAnOutcome() {
            working("a");
            dies(1);
            actions();
            readyAndActive(2);
            pool.onOutcome(record(2));

            dies(2);
            assertThat(actions()).containsExactly("launch 3 for worker 0");
        }

        @Test
        void neitherRestsNorIsGivenUpForWorkersThatAreKilledForLimits() {
            working("a");
            for (int process = 1; process <= 20; process++) {
                assertThat(isKilledForALimit(process)).isEqualTo(EndEffect.REPLACED);
                assertThat(actions()).containsExactly("launch " + (process + 1) + " for worker 0");
                readyAndActive(process + 1);
            }

            dies(21);
            assertThat(actions()).as("the first death").containsExactly("launch 22 for worker 0");
        }

        @Test
        void isNotSoundAgainSinceAWorkerWasKilledForALimit() {
            working("a");
            dies(1);
            actions();
            readyAndActive(2);
            isKilledForALimit(2);
            actions();
            readyAndActive(3);

            dies(3);
            assertThat(actions()).as("the second death").containsExactly("back off worker 0 for 200 ms");
        }

        @Test
        void hasOnlyItsFirstFailedStartAfterManyDeathsAtWork() {
            working("a");
            for (int process = 1; process <= 8; process++) {
                dies(process);
                rested(0);
                if (process < 8) {
                    readyAndActive(process + 1);
                }
            }

            assertThat(failsToStart(9)).isEqualTo(EndEffect.REPLACED);
            rested(0);
            assertThat(failsToStart(10)).isEqualTo(EndEffect.REPLACED);
            rested(0);
            assertThat(failsToStart(11)).as("the third in a row").isEqualTo(EndEffect.GIVEN_UP);
        }

        @Test
        void countsFailedStartsFromTheStartAgainOnceAWorkerWasBuilt() {
            add(0, "a");
            actions();
            failsToStart(1);
            rested(0);
            failsToStart(2);
            rested(0);
            readyAndActive(3);
            dies(3);
            actions();

            assertThat(failsToStart(4)).isEqualTo(EndEffect.REPLACED);
            assertThat(actions()).containsExactly("back off worker 0 for 100 ms");
        }

        @Test
        void restsLongerFromFailedStartToFailedStart() {
            pool = new PoolPlan(Specs.settings(0, 10));
            add(0, "a");
            actions();

            assertThat(failsToStart(1)).isEqualTo(EndEffect.REPLACED);
            assertThat(actions()).containsExactly("back off worker 0 for 100 ms");
            rested(0);
            failsToStart(2);
            assertThat(actions()).containsExactly("back off worker 0 for 200 ms");
            rested(0);
            failsToStart(3);
            assertThat(actions()).containsExactly("back off worker 0 for 400 ms");
            rested(0);
            failsToStart(4);
            assertThat(actions()).as("no longer than the longest").containsExactly("back off worker 0 for 500 ms");
        }

        @Test
        void isGivenUpAfterTheLastFailedStart() {
            add(0, "a");
            actions();
            failsToStart(1);
            rested(0);
            failsToStart(2);
            rested(0);

            assertThat(failsToStart(3)).isEqualTo(EndEffect.GIVEN_UP);

            assertThat(actions()).isEmpty();
            assertThat(pool.isEmpty()).isTrue();
        }

        @Test
        void leavesOthersInPeaceWhenItIsGivenUp() {
            add(0, "a");
            add(1, "b");
            actions();
            readyAndActive(2);
            failsToStart(1);
            rested(0);
            failsToStart(3);
            rested(0);
            failsToStart(4);

            assertThat(actions()).isEmpty();
            assertThat(record(2).state()).isEqualTo(State.ACTIVE);
            assertThat(pool.hasNoSlot()).isFalse();
        }
    }

    /** What its process has sent may still come, and how it ended is told later; two deaths in a row make the place rest. */
    @Nested
    class AWorkerWhoseProcessHasEnded {

        @Test
        void isReplacedBeforeItIsKnownHowItEnded() {
            WorkerSlot slot = working("a");

            ends(1);
            assertThat(actions()).containsExactly("launch 2 for worker 0");
            assertThat(pool.counts()).isEqualTo(new WorkerCounts(0, 1));
            assertThat(pool.slotOf(record(2))).contains(slot);
            ends(1);
            assertThat(actions()).as("it is told twice").isEmpty();

            readyAndActive(2);
            assertThat(dies(1)).isEqualTo(EndEffect.REPLACED);
            assertThat(actions()).isEmpty();
            assertThat(pool.counts()).isEqualTo(new WorkerCounts(1, 0));
        }

        @Test
        void isReplacedBeforeItIsKnownHowOthersEnded() {
            working("a", "a");

            ends(1);
            ends(2);

            assertThat(actions()).containsExactly("launch 3 for worker 0", "launch 4 for worker 1");
        }

        @Test
        void countsAsADeathAllTheSame() {
            working("a");
            ends(1);
            actions();
            readyAndActive(2);
            dies(1);

            dies(2);
            assertThat(actions()).containsExactly("back off worker 0 for 200 ms");
        }

        @Test
        void isReplacedOnceItsReasonIsKnownWhenTheOneBeforeItDied() {
            working("a");
            dies(1);
            actions();
            readyAndActive(2);

            ends(2);
            assertThat(actions()).as("it may have to rest").isEmpty();
            assertThat(isKilledForALimit(2)).isEqualTo(EndEffect.REPLACED);
            assertThat(actions()).containsExactly("launch 3 for worker 0");

            readyAndActive(3);
            ends(3);
            assertThat(actions()).isEmpty();
            assertThat(dies(3)).isEqualTo(EndEffect.REPLACED);
            assertThat(actions()).containsExactly("back off worker 0 for 200 ms");
        }

        @Test
        void isReplacedByASpareEvenWhenThePlaceMayHaveToRest() {
            pool = new PoolPlan(Specs.settings(1));
            working("a");
            ready(2);
            dies(1);
            assertThat(actions()).containsExactly("activate 2 as worker 0", "launch 3 as a spare");
            ready(3);

            ends(2);
            assertThat(actions()).containsExactly("activate 3 as worker 0", "launch 4 as a spare");
        }

        @Test
        void isReplacedOnceItsLastOutcomeHasComeAfterTheOneBeforeItDied() {
            working("a");
            dies(1);
            actions();
            readyAndActive(2);
            ends(2);
            assertThat(actions()).isEmpty();

            pool.onOutcome(record(2));
            assertThat(actions()).containsExactly("launch 3 for worker 0");

            assertThat(dies(2)).isEqualTo(EndEffect.REPLACED);
            readyAndActive(3);
            dies(3);
            assertThat(actions()).as("the second death").containsExactly("back off worker 0 for 200 ms");
        }

        @Test
        void isForgottenOnceItsReplacementHasBroughtAnOutcome() {
            working("a");
            ends(1);
            actions();
            readyAndActive(2);

            pool.onOutcome(record(2));
            dies(1);
            dies(2);
            assertThat(actions()).as("the first death").containsExactly("launch 3 for worker 0");
        }

        @Test
        void isWaitedForWhenItsReplacementEndsToo() {
            working("a");
            ends(1);
            actions();
            readyAndActive(2);

            ends(2);
            assertThat(actions()).as("both may have died").isEmpty();
            dies(1);
            assertThat(actions()).isEmpty();
            dies(2);
            assertThat(actions()).containsExactly("back off worker 0 for 200 ms");
        }

        @Test
        void isWaitedForWhenItsReplacementIsDiagnosedFirst() {
            working("a");
            ends(1);
            actions();
            readyAndActive(2);

            dies(2);
            assertThat(actions()).as("the first may have died, too").isEmpty();
            assertThat(dies(1)).isEqualTo(EndEffect.REPLACED);
            assertThat(actions()).containsExactly("back off worker 0 for 200 ms");
        }

        @Test
        void isWaitedForUntilItIsKnownThatItWasKilledForALimit() {
            working("a");
            ends(1);
            actions();
            readyAndActive(2);
            ends(2);
            actions();

            isKilledForALimit(1);
            assertThat(actions()).containsExactly("launch 3 for worker 0");
        }

        @Test
        void doesNotShortenTheRestAfterItsReplacementFailedToStart() {
            working("a");
            ends(1);
            actions();
            failsToStart(2);
            assertThat(actions()).containsExactly("back off worker 0 for 100 ms");

            isKilledForALimit(1);
            assertThat(actions()).containsExactly("back off worker 0 for 100 ms");

            pool.onBackoffOver(0);
            assertThat(actions()).containsExactly("launch 3 for worker 0");
        }

        @Test
        void isNotReplacedBeforeItIsKnownWhyItsWorkerWasNotBuilt() {
            add(0, "a");
            actions();

            ends(1);
            assertThat(actions()).isEmpty();
            assertThat(failsToStart(1)).isEqualTo(EndEffect.REPLACED);
            assertThat(actions()).containsExactly("back off worker 0 for 100 ms");
        }

        @Test
        void isReplacedAndGetsNoWorkWhenItIsToldLateThatItWasBuilt() {
            add(0, "a");
            actions();
            ends(1);
            assertThat(actions()).isEmpty();

            ready(1);
            assertThat(actions()).containsExactly("launch 2 for worker 0");
            assertThat(dies(1)).isEqualTo(EndEffect.REPLACED);
            assertThat(actions()).isEmpty();
        }

        @Test
        void isFollowedByTheSuccessorThatIsBeingBuilt() {
            working("a");
            recyclingDue(1);
            actions();

            ends(1);
            assertThat(actions()).isEmpty();
            ready(2);
            assertThat(actions()).containsExactly("activate 2 as worker 0");
            assertThat(dies(1)).isEqualTo(EndEffect.REPLACED);
            assertThat(actions()).isEmpty();
        }

        @Test
        void isNotFollowedByASuccessorThatHasEndedToo() {
            working("a");
            recyclingDue(1);
            actions();
            ends(2);
            ready(2);
            assertThat(actions()).isEmpty();

            ends(1);
            assertThat(actions()).as("both may have died").isEmpty();
            dies(1);
            assertThat(actions()).isEmpty();
            isKilledForALimit(2);
            assertThat(actions()).containsExactly("launch 3 for worker 0");
        }

        @Test
        void isFollowedAtOnceWhileASuccessorIsRestedFor() {
            working("a");
            recyclingDue(1);
            actions();
            failsToStart(2);
            actions();

            ends(1);
            assertThat(actions()).containsExactly("launch 3 for worker 0");
        }

        @Test
        void isWaitedForAsASuccessorAndRestedFor() {
            working("a");
            recyclingDue(1);
            actions();

            ends(2);
            assertThat(actions()).isEmpty();
            failsToStart(2);
            assertThat(actions()).containsExactly("back off worker 0 for 100 ms");
        }

        @Test
        void isNotMissedWhenItsPlaceIsGivenUpMeanwhile() {
            pool = new PoolPlan(Specs.settings(0, 1));
            working("a");
            ends(1);
            actions();

            assertThat(failsToStart(2)).isEqualTo(EndEffect.GIVEN_UP);
            assertThat(pool.isEmpty()).as("its last outcomes may come").isFalse();
            assertThat(dies(1)).isEqualTo(EndEffect.UNNEEDED);
            assertThat(actions()).isEmpty();
            assertThat(pool.isEmpty()).isTrue();
        }

        @Test
        void keepsItsPlaceFromBeingGoneWhenThatIsStoppedMeanwhile() {
            working("a");
            ends(1);
            actions();

            assertThat(pool.stop(0)).isEmpty();
            assertThat(actions()).contains("end 2");
            assertThat(failsToStart(2)).isEqualTo(EndEffect.UNNEEDED);
            assertThat(dies(1)).isEqualTo(EndEffect.STOPPED);
            assertThat(actions()).isEmpty();
            assertThat(pool.isEmpty()).isTrue();
        }

        @Test
        void isNotReplacedInAPlaceThatIsStopped() {
            working("a");
            pool.stop(0);
            actions();

            ends(1);
            assertThat(actions()).isEmpty();
            assertThat(dies(1)).isEqualTo(EndEffect.STOPPED);
        }

        @Test
        void isNotReplacedOnceAllIsClosed() {
            working("a", "a");
            ends(1);
            actions();

            pool.close();
            assertThat(actions()).contains("end 2", "end 3");
            ends(2);
            ends(3);
            assertThat(actions()).isEmpty();

            dies(1);
            dies(2);
            failsToStart(3);
            assertThat(pool.isEmpty()).isTrue();
        }
    }

    @Nested
    class AWorkerDueForRecycling {

        @Test
        void goesOnUntilItsSuccessorIsBuilt() {
            working("a");

            recyclingDue(1);
            assertThat(actions()).containsExactly("launch 2 for worker 0");
            assertThat(actions()).isEmpty();
            assertThat(record(1).state()).isEqualTo(State.ACTIVE);

            ready(2);
            assertThat(actions()).containsExactly("activate 2 as worker 0", "drain 1");
            assertThat(actions()).isEmpty();
            assertThat(record(1).isLeaving()).isTrue();
        }

        @Test
        void isMissedByNobodyWhenItIsGone() {
            working("a");
            recyclingDue(1);
            actions();
            ready(2);
            actions();

            assertThat(dies(1)).isEqualTo(EndEffect.UNNEEDED);
            assertThat(actions()).isEmpty();
        }

        @Test
        void isOneAtATimeWhenWorkersAreFew() {
            working("a", "a", "a");

            recyclingDue(1);
            recyclingDue(2);
            assertThat(actions()).containsExactly("launch 4 for worker 0");

            ready(4);
            assertThat(actions()).containsExactly("activate 4 as worker 0", "drain 1");
            assertThat(actions()).isEmpty();
            dies(1);
            assertThat(actions()).containsExactly("launch 5 for worker 1");
        }

        @Test
        void waitsForTheOneThatDrainsBeforeItsOwnSuccessorIsBuilt() {
            working("a", "a", "a", "a");
            for (int process = 1; process <= 4; process++) {
                recyclingDue(process);
            }

            for (int recyclingDue = 1; recyclingDue <= 4; recyclingDue++) {
                int replacement = recyclingDue + 4;
                int index = recyclingDue - 1;
                assertThat(actions()).containsExactly("launch " + replacement + " for worker " + index);
                ready(replacement);
                assertThat(actions())
                        .containsExactly("activate " + replacement + " as worker " + index, "drain " + recyclingDue);
                assertThat(actions()).as("it drains for long").isEmpty();

                assertThat(dies(recyclingDue)).isEqualTo(EndEffect.UNNEEDED);
            }
            assertThat(actions()).isEmpty();
        }

        @Test
        void doesNotWaitForAWorkerThatWasStoppedAndRunsOn() {
            working("a", "a");
            pool.stop(0);
            assertThat(actions()).containsExactly("drain 1");

            recyclingDue(2);

            assertThat(actions()).containsExactly("launch 3 for worker 1");
        }

        @Test
        void isOneOfAQuarterAtATime() {
            working("a", "a", "a", "a", "a", "a", "a", "a", "a");

            for (int process = 1; process <= 9; process++) {
                recyclingDue(process);
            }

            assertThat(actions()).containsExactly("launch 10 for worker 0", "launch 11 for worker 1");
        }

        @Test
        void goesOnWhileASuccessorThatFailedIsRestedFor() {
            working("a");
            recyclingDue(1);
            actions();

            assertThat(failsToStart(2)).isEqualTo(EndEffect.REPLACED);
            assertThat(actions()).containsExactly("back off worker 0 for 100 ms");
            assertThat(record(1).state()).isEqualTo(State.ACTIVE);

            pool.onBackoffOver(0);
            assertThat(actions()).containsExactly("launch 3 for worker 0");
            failsToStart(3);
            assertThat(actions()).containsExactly("back off worker 0 for 200 ms");
        }

        @Test
        void isNotGivenUpForItsSuccessors() {
            working("a");
            recyclingDue(1);
            actions();
            for (int process = 2; process <= 20; process++) {
                assertThat(failsToStart(process)).isEqualTo(EndEffect.REPLACED);
                rested(0);
            }
            assertThat(record(1).state()).isEqualTo(State.ACTIVE);
        }

        @Test
        void isFollowedByTheSuccessorThatIsBeingBuiltWhenItDies() {
            WorkerSlot slot = working("a");
            recyclingDue(1);
            actions();

            assertThat(dies(1)).isEqualTo(EndEffect.REPLACED);
            assertThat(actions()).as("nobody else is built").isEmpty();
            assertThat(pool.slotOf(record(2))).contains(slot);

            ready(2);
            assertThat(actions()).containsExactly("activate 2 as worker 0");
        }

        @Test
        void restsNoLongerForFailuresBeforeASuccessorHasTakenOver() {
            working("a");
            recyclingDue(1);
            actions();
            failsToStart(2);
            rested(0);
            failsToStart(3);
            rested(0);
            failsToStart(4);
            rested(0);
            dies(1);
            actions();
            readyAndActive(5);
            pool.onOutcome(record(5));

            recyclingDue(5);
            assertThat(actions()).containsExactly("launch 6 for worker 0");
            failsToStart(6);
            assertThat(actions()).containsExactly("back off worker 0 for 100 ms");
        }

        @Test
        void isFollowedAtOnceWhenItDiesWhileASuccessorIsRestedFor() {
            working("a");
            recyclingDue(1);
            actions();
            failsToStart(2);
            actions();

            dies(1);
            assertThat(actions()).containsExactly("launch 3 for worker 0");
        }
    }

    @Nested
    class Spares {

        @Test
        void haveFailedStartsOfTheirPlaceForgottenWhenTheyTakeIt() {
            keepSpares(1);
            working("a");
            dies(1);
            actions();
            failsToStart(3);
            rested(0);
            failsToStart(4);
            ready(2);
            assertThat(actions()).contains("activate 2 as worker 0", "launch 5 as a spare");
            pool.onOutcome(record(2));
            dies(2);
            assertThat(actions()).containsExactly("launch 6 for worker 0");

            assertThat(failsToStart(6)).isEqualTo(EndEffect.REPLACED);
        }

        @Test
        void areBuiltOnlyWhenAllOfTheirKindAreAtWork() {
            keepSpares(2);
            add(0, "a");
            add(1, "a");
            actions();
            ready(1);
            assertThat(actions()).containsExactly("activate 1 as worker 0");

            ready(2);
            assertThat(actions())
                    .containsExactly("activate 2 as worker 1", "launch 3 as a spare", "launch 4 as a spare");
            ready(3);
            ready(4);
            assertThat(actions()).isEmpty();
        }

        @Test
        void areOfOneKindForTheSameParametersAndOptions() {
            keepSpares(1);
            add(0, "a");
            add(1, "b");
            pool.add(Specs.spec(2, "a", WorkerOptions.defaults().withHeap(64 << 20)), Specs.listener());
            pool.add(Specs.spec(3, "a"), Specs.listener());
            actions();
            ready(1);
            ready(2);
            ready(3);
            ready(4);

            assertThat(actions())
                    .as("one for a, one for b, one for a with another heap")
                    .filteredOn(action -> action.endsWith("as a spare"))
                    .hasSize(3);
        }

        @Test
        void takeOverAtOnceWhenAWorkerDies() {
            workingWithSpare();

            assertThat(dies(1)).isEqualTo(EndEffect.REPLACED);
            assertThat(actions()).containsExactly("activate 2 as worker 0", "launch 3 as a spare");
            assertThat(record(2).index()).isZero();
        }

        @Test
        void takeOverEvenWhenThePlaceWouldHaveToRest() {
            workingWithSpare();
            dies(1);
            actions();
            ready(3);
            actions();

            dies(2);
            assertThat(actions()).containsExactly("activate 3 as worker 0", "launch 4 as a spare");
        }

        @Test
        void takeOverFromAWornWorkerAtOnce() {
            workingWithSpare();

            recyclingDue(1);
            assertThat(actions()).containsExactly("activate 2 as worker 0", "drain 1", "launch 3 as a spare");
        }

        @Test
        void doNotTakeOverWhenTheyAreDyingThemselves() {
            workingWithSpare();
            ends(2);

            assertThat(dies(1)).isEqualTo(EndEffect.REPLACED);
            assertThat(actions()).containsExactly("launch 3 for worker 0");
            assertThat(dies(2)).isEqualTo(EndEffect.SPARE_LOST);
            ready(3);
            assertThat(actions()).containsExactly("activate 3 as worker 0", "back off spare for 100 ms");
        }

        @Test
        void doNotTakeOverFromAWornWorkerWhenTheyAreDyingThemselves() {
            workingWithSpare();
            ends(2);

            recyclingDue(1);
            assertThat(actions()).containsExactly("launch 3 for worker 0");
            ready(3);
            assertThat(actions()).containsExactly("activate 3 as worker 0", "drain 1");
        }

        @Test
        void leaveThePlaceToTheNextOfThemWhenOneIsDying() {
            keepSpares(2);
            working("a");
            ready(2);
            ready(3);
            ends(2);

            dies(1);
            assertThat(actions()).containsExactly("activate 3 as worker 0", "launch 4 as a spare");
        }

        @Test
        void takeOverFromOneWornWorkerAtATime() {
            keepSpares(2);
            working("a", "a");
            ready(3);
            ready(4);
            recyclingDue(1);
            recyclingDue(2);

            assertThat(actions()).containsExactly("activate 3 as worker 0", "drain 1", "launch 5 as a spare");
            assertThat(actions()).isEmpty();
            dies(1);
            assertThat(actions()).containsExactly("activate 4 as worker 1", "drain 2", "launch 6 as a spare");
        }

        @Test
        void doNotTakeOverBeforeTheyAreBuilt() {
            keepSpares(1);
            working("a");

            dies(1);
            assertThat(actions()).containsExactly("launch 3 for worker 0");
            ready(2);
            assertThat(actions()).isEmpty();
        }

        @Test
        void takeThePlaceThatRestsOnceTheyAreBuilt() {
            keepSpares(1);
            working("a");
            dies(1);
            actions();
            failsToStart(3);
            assertThat(actions()).containsExactly("back off worker 0 for 100 ms");

            ready(2);
            assertThat(actions()).containsExactly("activate 2 as worker 0", "launch 4 as a spare");
        }

        @Test
        void doNotTakeThePlaceOfAnotherKind() {
            keepSpares(1);
            add(0, "a");
            add(1, "b");
            actions();
            readyAndActive(1);
            assertThat(spareKinds()).containsExactly("a");
            ready(3);
            actions();

            failsToStart(2);
            assertThat(actions()).containsExactly("back off worker 1 for 100 ms");
        }

        @Test
        void areDismissedWhenTheirKindIsGone() {
            workingWithSpare();

            pool.stop(0);
            assertThat(actions()).containsExactlyInAnyOrder("drain 1", "end 2");
            assertThat(actions()).isEmpty();
            assertThat(dies(2)).isEqualTo(EndEffect.UNNEEDED);
            assertThat(dies(1)).isEqualTo(EndEffect.STOPPED);
            assertThat(pool.isEmpty()).isTrue();
        }

        @Test
        void areBuiltAgainAfterARestWhenTheyAreLost() {
            workingWithSpare();

            assertThat(dies(2)).isEqualTo(EndEffect.SPARE_LOST);
            assertThat(actions()).containsExactly("back off spare for 100 ms");
            assertThat(actions()).containsExactly("back off spare for 100 ms");

            pool.onBackoffOver(WorkerRecord.SPARE);
            assertThat(actions()).containsExactly("launch 3 as a spare");
        }

        @Test
        void areGivenUpAfterTooManyFailuresInARow() {
            keepSpares(1);
            working("a");
            for (int process = 2; process <= 4; process++) {
                assertThat(failsToStart(process)).isEqualTo(EndEffect.SPARE_LOST);
                actions();
                pool.onBackoffOver(WorkerRecord.SPARE);
                assertThat(actions()).hasSize(process < 4 ? 1 : 0);
            }
        }

        @Test
        void areTriedAgainAfterASuccess() {
            keepSpares(1);
            working("a");
            for (int process = 2; process <= 4; process++) {
                failsToStart(process);
                pool.onBackoffOver(WorkerRecord.SPARE);
                actions();
            }
            dies(1);
            assertThat(actions()).containsExactly("launch 5 for worker 0");

            ready(5);
            assertThat(actions()).containsExactly("activate 5 as worker 0", "launch 6 as a spare");
        }

        @Test
        void areNoWorkersOfAnyPlace() {
            workingWithSpare();

            assertThat(record(2).isSpare()).isTrue();
            assertThat(pool.slotOf(record(2))).isEmpty();
        }

        private void workingWithSpare() {
            keepSpares(1);
            working("a");
            ready(2);
            assertThat(actions()).isEmpty();
        }

        private void keepSpares(int most) {
            pool = new PoolPlan(Specs.settings(most));
        }

        private List<String> spareKinds() {
            return pool.records().stream()
                    .filter(WorkerRecord::isSpare)
                    .map(record -> Objects.toString(record.spec().parameters()))
                    .toList();
        }
    }

    @Nested
    class Stops {

        @Test
        void aPlaceWithItsWorker() {
            WorkerSlot slot = working("a");

            assertThat(pool.stop(0)).as("not gone at once").isEmpty();
            assertThat(pool.slot(0)).contains(slot);
            assertThat(actions()).containsExactly("drain 1");
            assertThat(actions()).isEmpty();

            assertThat(dies(1)).isEqualTo(EndEffect.STOPPED);
            assertThat(pool.slot(0)).isEmpty();
            assertThat(pool.isEmpty()).isTrue();
        }

        @Test
        void aPlaceWhoseWorkerIsBeingBuilt() {
            add(0, "a");
            actions();

            pool.stop(0);
            assertThat(actions()).containsExactly("end 1");
            ready(1);
            assertThat(actions()).isEmpty();
            assertThat(failsToStart(1)).isEqualTo(EndEffect.STOPPED);
            assertThat(pool.isEmpty()).isTrue();
        }

        @Test
        void aPlaceThatNobodyFillsAtOnce() {
            WorkerSlot slot = add(0, "a");
            actions();
            failsToStart(1);
            actions();

            assertThat(pool.stop(0)).contains(slot);
            assertThat(pool.isEmpty()).isTrue();
            pool.onBackoffOver(0);
            assertThat(actions()).isEmpty();
        }

        @Test
        void aPlaceWithItsSuccessorToo() {
            working("a");
            recyclingDue(1);
            actions();

            pool.stop(0);
            assertThat(actions()).containsExactly("drain 1", "end 2");
            assertThat(dies(1)).isEqualTo(EndEffect.UNNEEDED);
            assertThat(actions()).isEmpty();
            assertThat(failsToStart(2)).as("the last of the place").isEqualTo(EndEffect.STOPPED);
            assertThat(pool.isEmpty()).isTrue();
        }

        @Test
        void aPlaceWhoseSuccessorGoesFirst() {
            working("a");
            recyclingDue(1);
            actions();
            pool.stop(0);
            actions();

            assertThat(failsToStart(2)).isEqualTo(EndEffect.UNNEEDED);
            assertThat(actions()).isEmpty();
            assertThat(dies(1)).isEqualTo(EndEffect.STOPPED);
            assertThat(pool.isEmpty()).isTrue();
        }

        @Test
        void aPlaceOnlyWhenTheOneThatDrainsIsGoneToo() {
            workingWhileAnotherDrains();

            assertThat(pool.stop(0)).isEmpty();
            assertThat(actions()).containsExactly("drain 2");
            assertThat(actions()).isEmpty();

            assertThat(dies(2)).isEqualTo(EndEffect.UNNEEDED);
            assertThat(pool.hasNoSlot()).isFalse();
            assertThat(actions()).isEmpty();
            assertThat(dies(1)).as("the last of the place").isEqualTo(EndEffect.STOPPED);
            assertThat(pool.isEmpty()).isTrue();
        }

        @Test
        void aPlaceWhoseDrainingOneGoesFirst() {
            workingWhileAnotherDrains();
            pool.stop(0);
            actions();

            assertThat(dies(1)).isEqualTo(EndEffect.UNNEEDED);
            assertThat(actions()).isEmpty();
            assertThat(dies(2)).isEqualTo(EndEffect.STOPPED);
            assertThat(pool.isEmpty()).isTrue();
        }

        @Test
        void aPlaceThatRestsOnlyWhenTheOneThatDrainsIsGone() {
            workingWhileAnotherDrains();
            dies(2);
            actions();
            failsToStart(3);
            assertThat(actions()).containsExactly("back off worker 0 for 100 ms");

            assertThat(pool.stop(0)).isEmpty();
            assertThat(actions()).as("1 finishes what it runs").doesNotContain("end 1");
            assertThat(dies(1)).isEqualTo(EndEffect.STOPPED);
            assertThat(pool.isEmpty()).isTrue();
        }

        private void workingWhileAnotherDrains() {
            working("a");
            recyclingDue(1);
            actions();
            ready(2);
            assertThat(actions()).containsExactly("activate 2 as worker 0", "drain 1");
        }

        @Test
        void aPlaceOnce() {
            working("a");
            pool.stop(0);

            assertThat(pool.stop(0)).isEmpty();
            assertThat(pool.stop(9)).isEmpty();
        }
    }

    @Nested
    class Closes {

        @Test
        void bySendingEverybodyHome() {
            pool = new PoolPlan(Specs.settings(1));
            working("a", "a");
            recyclingDue(1);
            actions();
            ready(3);
            actions();
            actions();

            assertThat(pool.close()).isEmpty();
            assertThat(actions())
                    .containsExactlyInAnyOrder(pool.records().stream()
                            .map(record -> "end " + record.process())
                            .toArray(String[]::new))
                    .contains("end 1", "end 2", "end 3");
            assertThat(actions()).isEmpty();

            List.copyOf(pool.records()).forEach(record -> pool.onGone(record, PoolPlan.Cause.DEATH));
            assertThat(pool.isEmpty()).isTrue();
            assertThat(actions()).isEmpty();
        }

        @Test
        void placesOnlyWhenThoseThatDrainAreGoneToo() {
            working("a");
            recyclingDue(1);
            actions();
            ready(2);
            actions();

            assertThat(pool.close()).isEmpty();
            assertThat(actions()).containsExactly("end 1", "end 2");
            assertThat(dies(2)).isEqualTo(EndEffect.UNNEEDED);
            assertThat(dies(1)).isEqualTo(EndEffect.STOPPED);
            assertThat(pool.isEmpty()).isTrue();
        }

        @Test
        void byEndingAWorkerThatWasStoppedAndRunsOn() {
            working("a");
            pool.stop(0);
            assertThat(actions()).containsExactly("drain 1");

            pool.close();

            assertThat(actions()).containsExactly("end 1");
        }

        @Test
        void placesThatNobodyFillsAtOnce() {
            WorkerSlot resting = add(0, "a");
            add(1, "b");
            actions();
            failsToStart(1);
            actions();

            assertThat(pool.close()).containsExactly(resting);
            assertThat(pool.isEmpty()).isFalse();
        }

        @Test
        void anEmptyWorkforceAtOnce() {
            pool.close();

            assertThat(pool.isEmpty()).isTrue();
            assertThat(pool.hasNoSlot()).isTrue();
        }
    }

    private WorkerSlot add(int index, String parameters) {
        return pool.add(Specs.spec(index, parameters), Specs.listener());
    }

    /** Places from 0, with the processes from 1 at work; the first place is returned. */
    private WorkerSlot working(String... parameters) {
        WorkerSlot first = add(0, parameters[0]);
        for (int index = 1; index < parameters.length; index++) {
            add(index, parameters[index]);
        }
        actions();
        for (int process = 1; process <= parameters.length; process++) {
            ready(process);
        }
        actions();
        return first;
    }

    private void readyAndActive(int process) {
        ready(process);
        assertThat(actions()).anyMatch(action -> action.startsWith("activate " + process + " "));
    }

    private void ready(int process) {
        pool.onReady(record(process), new Demand(1, 1), Duration.ofSeconds(1));
    }

    private void recyclingDue(int process) {
        pool.onRecyclingDue(record(process));
    }

    private void ends(int process) {
        pool.onEnding(record(process));
    }

    private EndEffect dies(int process) {
        return pool.onGone(record(process), PoolPlan.Cause.DEATH);
    }

    private EndEffect isKilledForALimit(int process) {
        return pool.onGone(record(process), PoolPlan.Cause.EXPLAINED);
    }

    private EndEffect failsToStart(int process) {
        return pool.onGone(record(process), PoolPlan.Cause.START_FAILURE);
    }

    private void rested(int index) {
        pool.onBackoffOver(index);
        actions();
    }

    private WorkerRecord record(long process) {
        return Objects.requireNonNull(pool.find(process), () -> "There is no process " + process);
    }

    private List<String> actions() {
        return pool.plan().stream().map(Specs::text).toList();
    }

    @Test
    void aWornSpareDoesNotTakeOverFromAWornWorkerButIsReplacedItself() {
        PoolPlan pool = new PoolPlan(Specs.settings(1));
        pool.add(Specs.spec(0, "a"), Specs.listener());
        pool.plan();
        for (long process = 1; process <= 2; process++) {
            pool.onReady(pool.find(process), new Demand(1, 1), Duration.ZERO);
            pool.plan();
            if (process == 2) {
                pool.onRecyclingDue(pool.find(process));
            }
        }

        assertThat(pool.plan().stream().map(Specs::text)).containsExactly("end 2", "launch 3 as a spare");
    }
}
