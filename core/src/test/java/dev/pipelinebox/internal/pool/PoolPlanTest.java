package dev.pipelinebox.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.internal.pool.PoolPlan.Departure;
import dev.pipelinebox.internal.pool.WorkerRecord.State;
import dev.pipelinebox.internal.task.Demand;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Processes are known by their numbers, in the order in which they were launched; "a" and "b" are parameters. */
class PoolPlanTest {

    private PoolPlan workforce = new PoolPlan(Specs.settings(0));

    @Nested
    class APlace {

        @Test
        void isFilledByAProcessOnceItsWorkerIsBuilt() {
            add(0, "a");
            assertThat(orders()).containsExactly("launch 1 for worker 0");
            assertThat(orders()).isEmpty();

            ready(1);
            assertThat(orders()).containsExactly("employ 1 as worker 0");
            assertThat(orders()).isEmpty();
        }

        @Test
        void knowsItsWorker() {
            WorkerSlot place = add(0, "a");
            assertThat(workforce.hasNoPlace()).isFalse();
            orders();

            assertThat(workforce.placeOf(member(1))).contains(place);
        }

        @Test
        void isFilledAgainAtOnceWhenItsWorkerDiesForTheFirstTime() {
            working("a");

            assertThat(dies(1)).isEqualTo(Departure.REPLACED);
            assertThat(orders()).containsExactly("launch 2 for worker 0");
        }

        @Test
        void restsBeforeItIsFilledAgainWhenWorkersKeepDying() {
            working("a");
            dies(1);
            orders();
            readyAndEmployed(2);

            assertThat(dies(2)).isEqualTo(Departure.REPLACED);
            assertThat(orders()).containsExactly("rest worker 0 for 200 ms");

            workforce.onRested(0);
            assertThat(orders()).containsExactly("launch 3 for worker 0");
        }

        @Test
        void isNeverGivenUpForWorkersThatDieAtWork() {
            working("a");
            for (int process = 1; process <= 20; process++) {
                assertThat(dies(process)).isEqualTo(Departure.REPLACED);
                workforce.onRested(0);
                orders();
                readyAndEmployed(process + 1);
            }
        }

        @Test
        void isSoundAgainOnceItsWorkerHasBroughtAnOutcome() {
            working("a");
            dies(1);
            orders();
            readyAndEmployed(2);
            workforce.onOutcome(member(2));

            dies(2);
            assertThat(orders()).containsExactly("launch 3 for worker 0");
        }

        @Test
        void neitherRestsNorIsGivenUpForWorkersThatAreKilledForLimits() {
            working("a");
            for (int process = 1; process <= 20; process++) {
                assertThat(isKilledForALimit(process)).isEqualTo(Departure.REPLACED);
                assertThat(orders()).containsExactly("launch " + (process + 1) + " for worker 0");
                readyAndEmployed(process + 1);
            }

            dies(21);
            assertThat(orders()).as("the first death").containsExactly("launch 22 for worker 0");
        }

        @Test
        void isNotSoundAgainSinceAWorkerWasKilledForALimit() {
            working("a");
            dies(1);
            orders();
            readyAndEmployed(2);
            isKilledForALimit(2);
            orders();
            readyAndEmployed(3);

            dies(3);
            assertThat(orders()).as("the second death").containsExactly("rest worker 0 for 200 ms");
        }

        @Test
        void hasOnlyItsFirstFailedStartAfterManyDeathsAtWork() {
            working("a");
            for (int process = 1; process <= 8; process++) {
                dies(process);
                rested(0);
                if (process < 8) {
                    readyAndEmployed(process + 1);
                }
            }

            assertThat(failsToStart(9)).isEqualTo(Departure.REPLACED);
            rested(0);
            assertThat(failsToStart(10)).isEqualTo(Departure.REPLACED);
            rested(0);
            assertThat(failsToStart(11)).as("the third in a row").isEqualTo(Departure.GIVEN_UP);
        }

        @Test
        void countsFailedStartsFromTheStartAgainOnceAWorkerWasBuilt() {
            add(0, "a");
            orders();
            failsToStart(1);
            rested(0);
            failsToStart(2);
            rested(0);
            readyAndEmployed(3);
            dies(3);
            orders();

            assertThat(failsToStart(4)).isEqualTo(Departure.REPLACED);
            assertThat(orders()).containsExactly("rest worker 0 for 100 ms");
        }

        @Test
        void restsLongerFromFailedStartToFailedStart() {
            workforce = new PoolPlan(Specs.settings(0, 10));
            add(0, "a");
            orders();

            assertThat(failsToStart(1)).isEqualTo(Departure.REPLACED);
            assertThat(orders()).containsExactly("rest worker 0 for 100 ms");
            rested(0);
            failsToStart(2);
            assertThat(orders()).containsExactly("rest worker 0 for 200 ms");
            rested(0);
            failsToStart(3);
            assertThat(orders()).containsExactly("rest worker 0 for 400 ms");
            rested(0);
            failsToStart(4);
            assertThat(orders()).as("no longer than the longest").containsExactly("rest worker 0 for 500 ms");
        }

        @Test
        void isGivenUpAfterTheLastFailedStart() {
            add(0, "a");
            orders();
            failsToStart(1);
            rested(0);
            failsToStart(2);
            rested(0);

            assertThat(failsToStart(3)).isEqualTo(Departure.GIVEN_UP);

            assertThat(orders()).isEmpty();
            assertThat(workforce.isEmpty()).isTrue();
        }

        @Test
        void leavesOthersInPeaceWhenItIsGivenUp() {
            add(0, "a");
            add(1, "b");
            orders();
            readyAndEmployed(2);
            failsToStart(1);
            rested(0);
            failsToStart(3);
            rested(0);
            failsToStart(4);

            assertThat(orders()).isEmpty();
            assertThat(member(2).state()).isEqualTo(State.AT_WORK);
            assertThat(workforce.hasNoPlace()).isFalse();
        }
    }

    /** What its process has sent may still come, and how it ended is told later; two deaths in a row make the place rest. */
    @Nested
    class AWorkerWhoseProcessHasEnded {

        @Test
        void isReplacedBeforeItIsKnownHowItEnded() {
            WorkerSlot place = working("a");

            ends(1);
            assertThat(orders()).containsExactly("launch 2 for worker 0");
            assertThat(workforce.headcount()).isEqualTo(new WorkerCounts(0, 1));
            assertThat(workforce.placeOf(member(2))).contains(place);
            ends(1);
            assertThat(orders()).as("it is told twice").isEmpty();

            readyAndEmployed(2);
            assertThat(dies(1)).isEqualTo(Departure.REPLACED);
            assertThat(orders()).isEmpty();
            assertThat(workforce.headcount()).isEqualTo(new WorkerCounts(1, 0));
        }

        @Test
        void isReplacedBeforeItIsKnownHowOthersEnded() {
            working("a", "a");

            ends(1);
            ends(2);

            assertThat(orders()).containsExactly("launch 3 for worker 0", "launch 4 for worker 1");
        }

        @Test
        void countsAsADeathAllTheSame() {
            working("a");
            ends(1);
            orders();
            readyAndEmployed(2);
            dies(1);

            dies(2);
            assertThat(orders()).containsExactly("rest worker 0 for 200 ms");
        }

        @Test
        void isReplacedOnceItsReasonIsKnownWhenTheOneBeforeItDied() {
            working("a");
            dies(1);
            orders();
            readyAndEmployed(2);

            ends(2);
            assertThat(orders()).as("it may have to rest").isEmpty();
            assertThat(isKilledForALimit(2)).isEqualTo(Departure.REPLACED);
            assertThat(orders()).containsExactly("launch 3 for worker 0");

            readyAndEmployed(3);
            ends(3);
            assertThat(orders()).isEmpty();
            assertThat(dies(3)).isEqualTo(Departure.REPLACED);
            assertThat(orders()).containsExactly("rest worker 0 for 200 ms");
        }

        @Test
        void isReplacedByASpareEvenWhenThePlaceMayHaveToRest() {
            workforce = new PoolPlan(Specs.settings(1));
            working("a");
            ready(2);
            dies(1);
            assertThat(orders()).containsExactly("employ 2 as worker 0", "launch 3 as a spare");
            ready(3);

            ends(2);
            assertThat(orders()).containsExactly("employ 3 as worker 0", "launch 4 as a spare");
        }

        @Test
        void isReplacedOnceItsLastOutcomeHasComeAfterTheOneBeforeItDied() {
            working("a");
            dies(1);
            orders();
            readyAndEmployed(2);
            ends(2);
            assertThat(orders()).isEmpty();

            workforce.onOutcome(member(2));
            assertThat(orders()).containsExactly("launch 3 for worker 0");

            assertThat(dies(2)).isEqualTo(Departure.REPLACED);
            readyAndEmployed(3);
            dies(3);
            assertThat(orders()).as("the second death").containsExactly("rest worker 0 for 200 ms");
        }

        @Test
        void isForgottenOnceItsReplacementHasBroughtAnOutcome() {
            working("a");
            ends(1);
            orders();
            readyAndEmployed(2);

            workforce.onOutcome(member(2));
            dies(1);
            dies(2);
            assertThat(orders()).as("the first death").containsExactly("launch 3 for worker 0");
        }

        @Test
        void isWaitedForWhenItsReplacementEndsToo() {
            working("a");
            ends(1);
            orders();
            readyAndEmployed(2);

            ends(2);
            assertThat(orders()).as("both may have died").isEmpty();
            dies(1);
            assertThat(orders()).isEmpty();
            dies(2);
            assertThat(orders()).containsExactly("rest worker 0 for 200 ms");
        }

        @Test
        void isWaitedForWhenItsReplacementIsDiagnosedFirst() {
            working("a");
            ends(1);
            orders();
            readyAndEmployed(2);

            dies(2);
            assertThat(orders()).as("the first may have died, too").isEmpty();
            assertThat(dies(1)).isEqualTo(Departure.REPLACED);
            assertThat(orders()).containsExactly("rest worker 0 for 200 ms");
        }

        @Test
        void isWaitedForUntilItIsKnownThatItWasKilledForALimit() {
            working("a");
            ends(1);
            orders();
            readyAndEmployed(2);
            ends(2);
            orders();

            isKilledForALimit(1);
            assertThat(orders()).containsExactly("launch 3 for worker 0");
        }

        @Test
        void doesNotShortenTheRestAfterItsReplacementFailedToStart() {
            working("a");
            ends(1);
            orders();
            failsToStart(2);
            assertThat(orders()).containsExactly("rest worker 0 for 100 ms");

            isKilledForALimit(1);
            assertThat(orders()).containsExactly("rest worker 0 for 100 ms");

            workforce.onRested(0);
            assertThat(orders()).containsExactly("launch 3 for worker 0");
        }

        @Test
        void isNotReplacedBeforeItIsKnownWhyItsWorkerWasNotBuilt() {
            add(0, "a");
            orders();

            ends(1);
            assertThat(orders()).isEmpty();
            assertThat(failsToStart(1)).isEqualTo(Departure.REPLACED);
            assertThat(orders()).containsExactly("rest worker 0 for 100 ms");
        }

        @Test
        void isReplacedAndGetsNoWorkWhenItIsToldLateThatItWasBuilt() {
            add(0, "a");
            orders();
            ends(1);
            assertThat(orders()).isEmpty();

            ready(1);
            assertThat(orders()).containsExactly("launch 2 for worker 0");
            assertThat(dies(1)).isEqualTo(Departure.REPLACED);
            assertThat(orders()).isEmpty();
        }

        @Test
        void isFollowedByTheSuccessorThatIsBeingBuilt() {
            working("a");
            worn(1);
            orders();

            ends(1);
            assertThat(orders()).isEmpty();
            ready(2);
            assertThat(orders()).containsExactly("employ 2 as worker 0");
            assertThat(dies(1)).isEqualTo(Departure.REPLACED);
            assertThat(orders()).isEmpty();
        }

        @Test
        void isNotFollowedByASuccessorThatHasEndedToo() {
            working("a");
            worn(1);
            orders();
            ends(2);
            ready(2);
            assertThat(orders()).isEmpty();

            ends(1);
            assertThat(orders()).as("both may have died").isEmpty();
            dies(1);
            assertThat(orders()).isEmpty();
            isKilledForALimit(2);
            assertThat(orders()).containsExactly("launch 3 for worker 0");
        }

        @Test
        void isFollowedAtOnceWhileASuccessorIsRestedFor() {
            working("a");
            worn(1);
            orders();
            failsToStart(2);
            orders();

            ends(1);
            assertThat(orders()).containsExactly("launch 3 for worker 0");
        }

        @Test
        void isWaitedForAsASuccessorAndRestedFor() {
            working("a");
            worn(1);
            orders();

            ends(2);
            assertThat(orders()).isEmpty();
            failsToStart(2);
            assertThat(orders()).containsExactly("rest worker 0 for 100 ms");
        }

        @Test
        void isNotMissedWhenItsPlaceIsGivenUpMeanwhile() {
            workforce = new PoolPlan(Specs.settings(0, 1));
            working("a");
            ends(1);
            orders();

            assertThat(failsToStart(2)).isEqualTo(Departure.GIVEN_UP);
            assertThat(workforce.isEmpty()).as("its last outcomes may come").isFalse();
            assertThat(dies(1)).isEqualTo(Departure.DISMISSED);
            assertThat(orders()).isEmpty();
            assertThat(workforce.isEmpty()).isTrue();
        }

        @Test
        void keepsItsPlaceFromBeingGoneWhenThatIsStoppedMeanwhile() {
            working("a");
            ends(1);
            orders();

            assertThat(workforce.stop(0)).isEmpty();
            assertThat(orders()).contains("end 2");
            assertThat(failsToStart(2)).isEqualTo(Departure.DISMISSED);
            assertThat(dies(1)).isEqualTo(Departure.STOPPED);
            assertThat(orders()).isEmpty();
            assertThat(workforce.isEmpty()).isTrue();
        }

        @Test
        void isNotReplacedInAPlaceThatIsStopped() {
            working("a");
            workforce.stop(0);
            orders();

            ends(1);
            assertThat(orders()).isEmpty();
            assertThat(dies(1)).isEqualTo(Departure.STOPPED);
        }

        @Test
        void isNotReplacedOnceAllIsClosed() {
            working("a", "a");
            ends(1);
            orders();

            workforce.close();
            assertThat(orders()).contains("end 2", "end 3");
            ends(2);
            ends(3);
            assertThat(orders()).isEmpty();

            dies(1);
            dies(2);
            failsToStart(3);
            assertThat(workforce.isEmpty()).isTrue();
        }
    }

    @Nested
    class AWornWorker {

        @Test
        void goesOnUntilItsSuccessorIsBuilt() {
            working("a");

            worn(1);
            assertThat(orders()).containsExactly("launch 2 for worker 0");
            assertThat(orders()).isEmpty();
            assertThat(member(1).state()).isEqualTo(State.AT_WORK);

            ready(2);
            assertThat(orders()).containsExactly("employ 2 as worker 0", "drain 1");
            assertThat(orders()).isEmpty();
            assertThat(member(1).isGoing()).isTrue();
        }

        @Test
        void isMissedByNobodyWhenItIsGone() {
            working("a");
            worn(1);
            orders();
            ready(2);
            orders();

            assertThat(dies(1)).isEqualTo(Departure.DISMISSED);
            assertThat(orders()).isEmpty();
        }

        @Test
        void isOneAtATimeWhenWorkersAreFew() {
            working("a", "a", "a");

            worn(1);
            worn(2);
            assertThat(orders()).containsExactly("launch 4 for worker 0");

            ready(4);
            assertThat(orders()).containsExactly("employ 4 as worker 0", "drain 1");
            assertThat(orders()).isEmpty();
            dies(1);
            assertThat(orders()).containsExactly("launch 5 for worker 1");
        }

        @Test
        void waitsForTheOneThatDrainsBeforeItsOwnSuccessorIsBuilt() {
            working("a", "a", "a", "a");
            for (int process = 1; process <= 4; process++) {
                worn(process);
            }

            for (int worn = 1; worn <= 4; worn++) {
                int successor = worn + 4;
                int index = worn - 1;
                assertThat(orders()).containsExactly("launch " + successor + " for worker " + index);
                ready(successor);
                assertThat(orders()).containsExactly("employ " + successor + " as worker " + index, "drain " + worn);
                assertThat(orders()).as("it drains for long").isEmpty();

                assertThat(dies(worn)).isEqualTo(Departure.DISMISSED);
            }
            assertThat(orders()).isEmpty();
        }

        @Test
        void doesNotWaitForAWorkerThatWasStoppedAndRunsOn() {
            working("a", "a");
            workforce.stop(0);
            assertThat(orders()).containsExactly("drain 1");

            worn(2);

            assertThat(orders()).containsExactly("launch 3 for worker 1");
        }

        @Test
        void isOneOfAQuarterAtATime() {
            working("a", "a", "a", "a", "a", "a", "a", "a", "a");

            for (int process = 1; process <= 9; process++) {
                worn(process);
            }

            assertThat(orders()).containsExactly("launch 10 for worker 0", "launch 11 for worker 1");
        }

        @Test
        void goesOnWhileASuccessorThatFailedIsRestedFor() {
            working("a");
            worn(1);
            orders();

            assertThat(failsToStart(2)).isEqualTo(Departure.REPLACED);
            assertThat(orders()).containsExactly("rest worker 0 for 100 ms");
            assertThat(member(1).state()).isEqualTo(State.AT_WORK);

            workforce.onRested(0);
            assertThat(orders()).containsExactly("launch 3 for worker 0");
            failsToStart(3);
            assertThat(orders()).containsExactly("rest worker 0 for 200 ms");
        }

        @Test
        void isNotGivenUpForItsSuccessors() {
            working("a");
            worn(1);
            orders();
            for (int process = 2; process <= 20; process++) {
                assertThat(failsToStart(process)).isEqualTo(Departure.REPLACED);
                rested(0);
            }
            assertThat(member(1).state()).isEqualTo(State.AT_WORK);
        }

        @Test
        void isFollowedByTheSuccessorThatIsBeingBuiltWhenItDies() {
            WorkerSlot place = working("a");
            worn(1);
            orders();

            assertThat(dies(1)).isEqualTo(Departure.REPLACED);
            assertThat(orders()).as("nobody else is built").isEmpty();
            assertThat(workforce.placeOf(member(2))).contains(place);

            ready(2);
            assertThat(orders()).containsExactly("employ 2 as worker 0");
        }

        @Test
        void restsNoLongerForFailuresBeforeASuccessorHasTakenOver() {
            working("a");
            worn(1);
            orders();
            failsToStart(2);
            rested(0);
            failsToStart(3);
            rested(0);
            failsToStart(4);
            rested(0);
            dies(1);
            orders();
            readyAndEmployed(5);
            workforce.onOutcome(member(5));

            worn(5);
            assertThat(orders()).containsExactly("launch 6 for worker 0");
            failsToStart(6);
            assertThat(orders()).containsExactly("rest worker 0 for 100 ms");
        }

        @Test
        void isFollowedAtOnceWhenItDiesWhileASuccessorIsRestedFor() {
            working("a");
            worn(1);
            orders();
            failsToStart(2);
            orders();

            dies(1);
            assertThat(orders()).containsExactly("launch 3 for worker 0");
        }
    }

    @Nested
    class Spares {

        @Test
        void haveFailedStartsOfTheirPlaceForgottenWhenTheyTakeIt() {
            keepSpares(1);
            working("a");
            dies(1);
            orders();
            failsToStart(3);
            rested(0);
            failsToStart(4);
            ready(2);
            assertThat(orders()).contains("employ 2 as worker 0", "launch 5 as a spare");
            workforce.onOutcome(member(2));
            dies(2);
            assertThat(orders()).containsExactly("launch 6 for worker 0");

            assertThat(failsToStart(6)).isEqualTo(Departure.REPLACED);
        }

        @Test
        void areBuiltOnlyWhenAllOfTheirKindAreAtWork() {
            keepSpares(2);
            add(0, "a");
            add(1, "a");
            orders();
            ready(1);
            assertThat(orders()).containsExactly("employ 1 as worker 0");

            ready(2);
            assertThat(orders()).containsExactly("employ 2 as worker 1", "launch 3 as a spare", "launch 4 as a spare");
            ready(3);
            ready(4);
            assertThat(orders()).isEmpty();
        }

        @Test
        void areOfOneKindForTheSameParametersAndOptions() {
            keepSpares(1);
            add(0, "a");
            add(1, "b");
            workforce.add(Specs.spec(2, "a", WorkerOptions.defaults().withHeap(64 << 20)), Specs.listener());
            workforce.add(Specs.spec(3, "a"), Specs.listener());
            orders();
            ready(1);
            ready(2);
            ready(3);
            ready(4);

            assertThat(orders())
                    .as("one for a, one for b, one for a with another heap")
                    .filteredOn(order -> order.endsWith("as a spare"))
                    .hasSize(3);
        }

        @Test
        void takeOverAtOnceWhenAWorkerDies() {
            workingWithSpare();

            assertThat(dies(1)).isEqualTo(Departure.REPLACED);
            assertThat(orders()).containsExactly("employ 2 as worker 0", "launch 3 as a spare");
            assertThat(member(2).index()).isZero();
        }

        @Test
        void takeOverEvenWhenThePlaceWouldHaveToRest() {
            workingWithSpare();
            dies(1);
            orders();
            ready(3);
            orders();

            dies(2);
            assertThat(orders()).containsExactly("employ 3 as worker 0", "launch 4 as a spare");
        }

        @Test
        void takeOverFromAWornWorkerAtOnce() {
            workingWithSpare();

            worn(1);
            assertThat(orders()).containsExactly("employ 2 as worker 0", "drain 1", "launch 3 as a spare");
        }

        @Test
        void doNotTakeOverWhenTheyAreDyingThemselves() {
            workingWithSpare();
            ends(2);

            assertThat(dies(1)).isEqualTo(Departure.REPLACED);
            assertThat(orders()).containsExactly("launch 3 for worker 0");
            assertThat(dies(2)).isEqualTo(Departure.SPARE_LOST);
            ready(3);
            assertThat(orders()).containsExactly("employ 3 as worker 0", "rest spare for 100 ms");
        }

        @Test
        void doNotTakeOverFromAWornWorkerWhenTheyAreDyingThemselves() {
            workingWithSpare();
            ends(2);

            worn(1);
            assertThat(orders()).containsExactly("launch 3 for worker 0");
            ready(3);
            assertThat(orders()).containsExactly("employ 3 as worker 0", "drain 1");
        }

        @Test
        void leaveThePlaceToTheNextOfThemWhenOneIsDying() {
            keepSpares(2);
            working("a");
            ready(2);
            ready(3);
            ends(2);

            dies(1);
            assertThat(orders()).containsExactly("employ 3 as worker 0", "launch 4 as a spare");
        }

        @Test
        void takeOverFromOneWornWorkerAtATime() {
            keepSpares(2);
            working("a", "a");
            ready(3);
            ready(4);
            worn(1);
            worn(2);

            assertThat(orders()).containsExactly("employ 3 as worker 0", "drain 1", "launch 5 as a spare");
            assertThat(orders()).isEmpty();
            dies(1);
            assertThat(orders()).containsExactly("employ 4 as worker 1", "drain 2", "launch 6 as a spare");
        }

        @Test
        void doNotTakeOverBeforeTheyAreBuilt() {
            keepSpares(1);
            working("a");

            dies(1);
            assertThat(orders()).containsExactly("launch 3 for worker 0");
            ready(2);
            assertThat(orders()).isEmpty();
        }

        @Test
        void takeThePlaceThatRestsOnceTheyAreBuilt() {
            keepSpares(1);
            working("a");
            dies(1);
            orders();
            failsToStart(3);
            assertThat(orders()).containsExactly("rest worker 0 for 100 ms");

            ready(2);
            assertThat(orders()).containsExactly("employ 2 as worker 0", "launch 4 as a spare");
        }

        @Test
        void doNotTakeThePlaceOfAnotherKind() {
            keepSpares(1);
            add(0, "a");
            add(1, "b");
            orders();
            readyAndEmployed(1);
            assertThat(spareKinds()).containsExactly("a");
            ready(3);
            orders();

            failsToStart(2);
            assertThat(orders()).containsExactly("rest worker 1 for 100 ms");
        }

        @Test
        void areDismissedWhenTheirKindIsGone() {
            workingWithSpare();

            workforce.stop(0);
            assertThat(orders()).containsExactlyInAnyOrder("drain 1", "end 2");
            assertThat(orders()).isEmpty();
            assertThat(dies(2)).isEqualTo(Departure.DISMISSED);
            assertThat(dies(1)).isEqualTo(Departure.STOPPED);
            assertThat(workforce.isEmpty()).isTrue();
        }

        @Test
        void areBuiltAgainAfterARestWhenTheyAreLost() {
            workingWithSpare();

            assertThat(dies(2)).isEqualTo(Departure.SPARE_LOST);
            assertThat(orders()).containsExactly("rest spare for 100 ms");
            assertThat(orders()).containsExactly("rest spare for 100 ms");

            workforce.onRested(WorkerRecord.SPARE);
            assertThat(orders()).containsExactly("launch 3 as a spare");
        }

        @Test
        void areGivenUpAfterTooManyFailuresInARow() {
            keepSpares(1);
            working("a");
            for (int process = 2; process <= 4; process++) {
                assertThat(failsToStart(process)).isEqualTo(Departure.SPARE_LOST);
                orders();
                workforce.onRested(WorkerRecord.SPARE);
                assertThat(orders()).hasSize(process < 4 ? 1 : 0);
            }
        }

        @Test
        void areTriedAgainAfterASuccess() {
            keepSpares(1);
            working("a");
            for (int process = 2; process <= 4; process++) {
                failsToStart(process);
                workforce.onRested(WorkerRecord.SPARE);
                orders();
            }
            dies(1);
            assertThat(orders()).containsExactly("launch 5 for worker 0");

            ready(5);
            assertThat(orders()).containsExactly("employ 5 as worker 0", "launch 6 as a spare");
        }

        @Test
        void areNoWorkersOfAnyPlace() {
            workingWithSpare();

            assertThat(member(2).isSpare()).isTrue();
            assertThat(workforce.placeOf(member(2))).isEmpty();
        }

        private void workingWithSpare() {
            keepSpares(1);
            working("a");
            ready(2);
            assertThat(orders()).isEmpty();
        }

        private void keepSpares(int most) {
            workforce = new PoolPlan(Specs.settings(most));
        }

        private List<String> spareKinds() {
            return workforce.members().stream()
                    .filter(WorkerRecord::isSpare)
                    .map(member -> Objects.toString(member.spec().parameters()))
                    .toList();
        }
    }

    @Nested
    class Stops {

        @Test
        void aPlaceWithItsWorker() {
            WorkerSlot place = working("a");

            assertThat(workforce.stop(0)).as("not gone at once").isEmpty();
            assertThat(workforce.place(0)).contains(place);
            assertThat(orders()).containsExactly("drain 1");
            assertThat(orders()).isEmpty();

            assertThat(dies(1)).isEqualTo(Departure.STOPPED);
            assertThat(workforce.place(0)).isEmpty();
            assertThat(workforce.isEmpty()).isTrue();
        }

        @Test
        void aPlaceWhoseWorkerIsBeingBuilt() {
            add(0, "a");
            orders();

            workforce.stop(0);
            assertThat(orders()).containsExactly("end 1");
            ready(1);
            assertThat(orders()).isEmpty();
            assertThat(failsToStart(1)).isEqualTo(Departure.STOPPED);
            assertThat(workforce.isEmpty()).isTrue();
        }

        @Test
        void aPlaceThatNobodyFillsAtOnce() {
            WorkerSlot place = add(0, "a");
            orders();
            failsToStart(1);
            orders();

            assertThat(workforce.stop(0)).contains(place);
            assertThat(workforce.isEmpty()).isTrue();
            workforce.onRested(0);
            assertThat(orders()).isEmpty();
        }

        @Test
        void aPlaceWithItsSuccessorToo() {
            working("a");
            worn(1);
            orders();

            workforce.stop(0);
            assertThat(orders()).containsExactly("drain 1", "end 2");
            assertThat(dies(1)).isEqualTo(Departure.DISMISSED);
            assertThat(orders()).isEmpty();
            assertThat(failsToStart(2)).as("the last of the place").isEqualTo(Departure.STOPPED);
            assertThat(workforce.isEmpty()).isTrue();
        }

        @Test
        void aPlaceWhoseSuccessorGoesFirst() {
            working("a");
            worn(1);
            orders();
            workforce.stop(0);
            orders();

            assertThat(failsToStart(2)).isEqualTo(Departure.DISMISSED);
            assertThat(orders()).isEmpty();
            assertThat(dies(1)).isEqualTo(Departure.STOPPED);
            assertThat(workforce.isEmpty()).isTrue();
        }

        @Test
        void aPlaceOnlyWhenTheOneThatDrainsIsGoneToo() {
            workingWhileAnotherDrains();

            assertThat(workforce.stop(0)).isEmpty();
            assertThat(orders()).containsExactly("drain 2");
            assertThat(orders()).isEmpty();

            assertThat(dies(2)).isEqualTo(Departure.DISMISSED);
            assertThat(workforce.hasNoPlace()).isFalse();
            assertThat(orders()).isEmpty();
            assertThat(dies(1)).as("the last of the place").isEqualTo(Departure.STOPPED);
            assertThat(workforce.isEmpty()).isTrue();
        }

        @Test
        void aPlaceWhoseDrainingOneGoesFirst() {
            workingWhileAnotherDrains();
            workforce.stop(0);
            orders();

            assertThat(dies(1)).isEqualTo(Departure.DISMISSED);
            assertThat(orders()).isEmpty();
            assertThat(dies(2)).isEqualTo(Departure.STOPPED);
            assertThat(workforce.isEmpty()).isTrue();
        }

        @Test
        void aPlaceThatRestsOnlyWhenTheOneThatDrainsIsGone() {
            workingWhileAnotherDrains();
            dies(2);
            orders();
            failsToStart(3);
            assertThat(orders()).containsExactly("rest worker 0 for 100 ms");

            assertThat(workforce.stop(0)).isEmpty();
            assertThat(orders()).as("1 finishes what it runs").doesNotContain("end 1");
            assertThat(dies(1)).isEqualTo(Departure.STOPPED);
            assertThat(workforce.isEmpty()).isTrue();
        }

        private void workingWhileAnotherDrains() {
            working("a");
            worn(1);
            orders();
            ready(2);
            assertThat(orders()).containsExactly("employ 2 as worker 0", "drain 1");
        }

        @Test
        void aPlaceOnce() {
            working("a");
            workforce.stop(0);

            assertThat(workforce.stop(0)).isEmpty();
            assertThat(workforce.stop(9)).isEmpty();
        }
    }

    @Nested
    class Closes {

        @Test
        void bySendingEverybodyHome() {
            workforce = new PoolPlan(Specs.settings(1));
            working("a", "a");
            worn(1);
            orders();
            ready(3);
            orders();
            orders();

            assertThat(workforce.close()).isEmpty();
            assertThat(orders())
                    .containsExactlyInAnyOrder(workforce.members().stream()
                            .map(member -> "end " + member.process())
                            .toArray(String[]::new))
                    .contains("end 1", "end 2", "end 3");
            assertThat(orders()).isEmpty();

            List.copyOf(workforce.members()).forEach(member -> workforce.onGone(member, PoolPlan.Cause.DEATH));
            assertThat(workforce.isEmpty()).isTrue();
            assertThat(orders()).isEmpty();
        }

        @Test
        void placesOnlyWhenThoseThatDrainAreGoneToo() {
            working("a");
            worn(1);
            orders();
            ready(2);
            orders();

            assertThat(workforce.close()).isEmpty();
            assertThat(orders()).containsExactly("end 1", "end 2");
            assertThat(dies(2)).isEqualTo(Departure.DISMISSED);
            assertThat(dies(1)).isEqualTo(Departure.STOPPED);
            assertThat(workforce.isEmpty()).isTrue();
        }

        @Test
        void byEndingAWorkerThatWasStoppedAndRunsOn() {
            working("a");
            workforce.stop(0);
            assertThat(orders()).containsExactly("drain 1");

            workforce.close();

            assertThat(orders()).containsExactly("end 1");
        }

        @Test
        void placesThatNobodyFillsAtOnce() {
            WorkerSlot resting = add(0, "a");
            add(1, "b");
            orders();
            failsToStart(1);
            orders();

            assertThat(workforce.close()).containsExactly(resting);
            assertThat(workforce.isEmpty()).isFalse();
        }

        @Test
        void anEmptyWorkforceAtOnce() {
            workforce.close();

            assertThat(workforce.isEmpty()).isTrue();
            assertThat(workforce.hasNoPlace()).isTrue();
        }
    }

    private WorkerSlot add(int index, String parameters) {
        return workforce.add(Specs.spec(index, parameters), Specs.listener());
    }

    /** Places from 0, with the processes from 1 at work; the first place is returned. */
    private WorkerSlot working(String... parameters) {
        WorkerSlot first = add(0, parameters[0]);
        for (int index = 1; index < parameters.length; index++) {
            add(index, parameters[index]);
        }
        orders();
        for (int process = 1; process <= parameters.length; process++) {
            ready(process);
        }
        orders();
        return first;
    }

    private void readyAndEmployed(int process) {
        ready(process);
        assertThat(orders()).anyMatch(order -> order.startsWith("employ " + process + " "));
    }

    private void ready(int process) {
        workforce.onReady(member(process), new Demand(1, 1), Duration.ofSeconds(1));
    }

    private void worn(int process) {
        workforce.onWorn(member(process));
    }

    private void ends(int process) {
        workforce.onEnding(member(process));
    }

    private Departure dies(int process) {
        return workforce.onGone(member(process), PoolPlan.Cause.DEATH);
    }

    private Departure isKilledForALimit(int process) {
        return workforce.onGone(member(process), PoolPlan.Cause.EXPLAINED);
    }

    private Departure failsToStart(int process) {
        return workforce.onGone(member(process), PoolPlan.Cause.START_FAILURE);
    }

    private void rested(int index) {
        workforce.onRested(index);
        orders();
    }

    private WorkerRecord member(long process) {
        return Objects.requireNonNull(workforce.member(process), () -> "There is no process " + process);
    }

    private List<String> orders() {
        return workforce.plan().stream().map(Specs::text).toList();
    }

    @Test
    void aWornSpareDoesNotTakeOverFromAWornWorkerButIsReplacedItself() {
        PoolPlan workforce = new PoolPlan(Specs.settings(1));
        workforce.add(Specs.spec(0, "a"), Specs.listener());
        workforce.plan();
        for (long process = 1; process <= 2; process++) {
            workforce.onReady(workforce.member(process), new Demand(1, 1), Duration.ZERO);
            workforce.plan();
            if (process == 2) {
                workforce.onWorn(workforce.member(process));
            }
        }

        assertThat(workforce.plan().stream().map(Specs::text)).containsExactly("end 2", "launch 3 as a spare");
    }
}
