package dev.pipelinebox.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.pool.PoolPlan.EndEffect;
import org.junit.jupiter.api.Test;

/** What follows when a process has ended and the cause is not known yet: two unexpected ends in a row cause a back-off. */
class ProcessEndTest extends PoolFixture {

    @Test
    void anEndedProcessIsReplacedBeforeItsCauseIsKnown() {
        WorkerSlot slot = active("a");

        ends(1);
        assertThat(actions()).containsExactly("launch 2 for worker 0");
        assertThat(pool.counts()).isEqualTo(new WorkerCounts(0, 1));
        assertThat(pool.slotOf(record(2))).contains(slot);
        ends(1);
        assertThat(actions()).as("a second report changes nothing").isEmpty();

        readyAndActive(2);
        assertThat(endsUnexpectedly(1)).isEqualTo(EndEffect.REPLACED);
        assertThat(actions()).isEmpty();
        assertThat(pool.counts()).isEqualTo(new WorkerCounts(1, 0));
    }

    @Test
    void anEndedProcessIsReplacedBeforeTheCausesOfOtherSlotsAreKnown() {
        active("a", "a");

        ends(1);
        ends(2);

        assertThat(actions()).containsExactly("launch 3 for worker 0", "launch 4 for worker 1");
    }

    @Test
    void anEndedProcessThatWasReplacedEarlyStillCountsAsAnUnexpectedEnd() {
        active("a");
        ends(1);
        actions();
        readyAndActive(2);
        endsUnexpectedly(1);

        endsUnexpectedly(2);
        assertThat(actions()).containsExactly("back off worker 0 for 200 ms");
    }

    @Test
    void afterAnUnexpectedEndTheNextEndedProcessIsReplacedOnceItsCauseIsKnown() {
        active("a");
        endsUnexpectedly(1);
        actions();
        readyAndActive(2);

        ends(2);
        assertThat(actions()).as("the slot may have to back off").isEmpty();
        assertThat(isKilledForALimit(2)).isEqualTo(EndEffect.REPLACED);
        assertThat(actions()).containsExactly("launch 3 for worker 0");

        readyAndActive(3);
        ends(3);
        assertThat(actions()).isEmpty();
        assertThat(endsUnexpectedly(3)).isEqualTo(EndEffect.REPLACED);
        assertThat(actions()).containsExactly("back off worker 0 for 200 ms");
    }

    @Test
    void anEndedProcessIsReplacedByASpareEvenIfTheSlotMayHaveToBackOff() {
        keepSpares(1);
        active("a");
        ready(2);
        endsUnexpectedly(1);
        assertThat(actions()).containsExactly("activate 2 as worker 0", "launch 3 as a spare");
        ready(3);

        ends(2);
        assertThat(actions()).containsExactly("activate 3 as worker 0", "launch 4 as a spare");
    }

    @Test
    void afterAnUnexpectedEndTheNextEndedProcessIsReplacedOnceItsLastOutcomeArrives() {
        active("a");
        endsUnexpectedly(1);
        actions();
        readyAndActive(2);
        ends(2);
        assertThat(actions()).isEmpty();

        pool.onOutcome(record(2));
        assertThat(actions()).containsExactly("launch 3 for worker 0");

        assertThat(endsUnexpectedly(2)).isEqualTo(EndEffect.REPLACED);
        readyAndActive(3);
        endsUnexpectedly(3);
        assertThat(actions()).as("the second unexpected end").containsExactly("back off worker 0 for 200 ms");
    }

    @Test
    void anEndedProcessNoLongerCountsOnceTheNextOneHasSentAnOutcome() {
        active("a");
        ends(1);
        actions();
        readyAndActive(2);

        pool.onOutcome(record(2));
        endsUnexpectedly(1);
        endsUnexpectedly(2);
        assertThat(actions()).as("the first unexpected end").containsExactly("launch 3 for worker 0");
    }

    @Test
    void theCausesOfTwoEndedProcessesAreAwaitedBeforeTheNextLaunch() {
        active("a");
        ends(1);
        actions();
        readyAndActive(2);

        ends(2);
        assertThat(actions()).as("both ends may be unexpected").isEmpty();
        endsUnexpectedly(1);
        assertThat(actions()).isEmpty();
        endsUnexpectedly(2);
        assertThat(actions()).containsExactly("back off worker 0 for 200 ms");
    }

    @Test
    void theCauseOfTheFirstEndedProcessIsAwaitedIfThatOfTheSecondIsKnownFirst() {
        active("a");
        ends(1);
        actions();
        readyAndActive(2);

        endsUnexpectedly(2);
        assertThat(actions()).as("the first end may be unexpected, too").isEmpty();
        assertThat(endsUnexpectedly(1)).isEqualTo(EndEffect.REPLACED);
        assertThat(actions()).containsExactly("back off worker 0 for 200 ms");
    }

    @Test
    void theNextLaunchFollowsOnceOneOfTwoEndedProcessesTurnsOutToBeKilledForALimit() {
        active("a");
        ends(1);
        actions();
        readyAndActive(2);
        ends(2);
        actions();

        isKilledForALimit(1);
        assertThat(actions()).containsExactly("launch 3 for worker 0");
    }

    @Test
    void aCauseThatIsKnownLateDoesNotShortenTheBackOffAfterAFailedStart() {
        active("a");
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
    void aProcessThatEndsBeforeItsWorkerIsBuiltIsNotReplacedBeforeItsCauseIsKnown() {
        add(0, "a");
        actions();

        ends(1);
        assertThat(actions()).isEmpty();
        assertThat(failsToStart(1)).isEqualTo(EndEffect.REPLACED);
        assertThat(actions()).containsExactly("back off worker 0 for 100 ms");
    }

    @Test
    void anEndedProcessWhoseWorkerTurnsOutToBeBuiltIsReplacedAndNotActivated() {
        add(0, "a");
        actions();
        ends(1);
        assertThat(actions()).isEmpty();

        ready(1);
        assertThat(actions()).containsExactly("launch 2 for worker 0");
        assertThat(endsUnexpectedly(1)).isEqualTo(EndEffect.REPLACED);
        assertThat(actions()).isEmpty();
    }

    @Test
    void anEndedProcessIsUnneededIfItsSlotIsGivenUpMeanwhile() {
        pool = new PoolPlan(Specs.settings(0, 1));
        active("a");
        ends(1);
        actions();

        assertThat(failsToStart(2)).isEqualTo(EndEffect.GIVEN_UP);
        assertThat(pool.isEmpty()).as("its last outcomes may still arrive").isFalse();
        assertThat(endsUnexpectedly(1)).isEqualTo(EndEffect.UNNEEDED);
        assertThat(actions()).isEmpty();
        assertThat(pool.isEmpty()).isTrue();
    }
}
