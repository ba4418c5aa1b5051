package dev.pipelinebox.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.pool.PoolPlan.EndEffect;
import dev.pipelinebox.internal.pool.WorkerRecord.State;
import org.junit.jupiter.api.Test;

/** How a slot is filled, and when it backs off or is given up. */
class SlotTest extends PoolFixture {

    @Test
    void aSlotIsFilledByAProcessOnceItsWorkerIsBuilt() {
        add(0, "a");
        assertThat(actions()).containsExactly("launch 1 for worker 0");
        assertThat(actions()).isEmpty();

        ready(1);
        assertThat(actions()).containsExactly("activate 1 as worker 0");
        assertThat(actions()).isEmpty();
    }

    @Test
    void aSlotIsFoundByItsProcess() {
        WorkerSlot slot = add(0, "a");
        assertThat(pool.hasNoSlot()).isFalse();
        actions();

        assertThat(pool.slotOf(record(1))).contains(slot);
    }

    @Test
    void aSlotIsFilledAgainAtOnceAfterTheFirstUnexpectedEnd() {
        active("a");

        assertThat(endsUnexpectedly(1)).isEqualTo(EndEffect.REPLACED);
        assertThat(actions()).containsExactly("launch 2 for worker 0");
    }

    @Test
    void aSlotBacksOffAfterTheSecondUnexpectedEndInARow() {
        active("a");
        endsUnexpectedly(1);
        actions();
        readyAndActive(2);

        assertThat(endsUnexpectedly(2)).isEqualTo(EndEffect.REPLACED);
        assertThat(actions()).containsExactly("back off worker 0 for 200 ms");

        pool.onBackoffOver(0);
        assertThat(actions()).containsExactly("launch 3 for worker 0");
    }

    @Test
    void aSlotIsNeverGivenUpForActiveProcessesThatEnd() {
        active("a");
        for (int process = 1; process <= 20; process++) {
            assertThat(endsUnexpectedly(process)).isEqualTo(EndEffect.REPLACED);
            pool.onBackoffOver(0);
            actions();
            readyAndActive(process + 1);
        }
    }

    @Test
    void anOutcomeResetsTheCountOfUnexpectedEnds() {
        active("a");
        endsUnexpectedly(1);
        actions();
        readyAndActive(2);
        pool.onOutcome(record(2));

        endsUnexpectedly(2);
        assertThat(actions()).containsExactly("launch 3 for worker 0");
    }

    @Test
    void aSlotNeitherBacksOffNorIsGivenUpForProcessesThatAreKilledForLimits() {
        active("a");
        for (int process = 1; process <= 20; process++) {
            assertThat(isKilledForALimit(process)).isEqualTo(EndEffect.REPLACED);
            assertThat(actions()).containsExactly("launch " + (process + 1) + " for worker 0");
            readyAndActive(process + 1);
        }

        endsUnexpectedly(21);
        assertThat(actions()).as("the first unexpected end").containsExactly("launch 22 for worker 0");
    }

    @Test
    void aProcessKilledForALimitDoesNotResetTheCountOfUnexpectedEnds() {
        active("a");
        endsUnexpectedly(1);
        actions();
        readyAndActive(2);
        isKilledForALimit(2);
        actions();
        readyAndActive(3);

        endsUnexpectedly(3);
        assertThat(actions()).as("the second unexpected end").containsExactly("back off worker 0 for 200 ms");
    }

    @Test
    void unexpectedEndsOfActiveProcessesDoNotCountAsFailedStarts() {
        active("a");
        for (int process = 1; process <= 8; process++) {
            endsUnexpectedly(process);
            backOffEnds(0);
            if (process < 8) {
                readyAndActive(process + 1);
            }
        }

        assertThat(failsToStart(9)).isEqualTo(EndEffect.REPLACED);
        backOffEnds(0);
        assertThat(failsToStart(10)).isEqualTo(EndEffect.REPLACED);
        backOffEnds(0);
        assertThat(failsToStart(11)).as("the third failed start in a row").isEqualTo(EndEffect.GIVEN_UP);
    }

    @Test
    void failedStartsAreCountedFromZeroAgainOnceAWorkerWasBuilt() {
        add(0, "a");
        actions();
        failsToStart(1);
        backOffEnds(0);
        failsToStart(2);
        backOffEnds(0);
        readyAndActive(3);
        endsUnexpectedly(3);
        actions();

        assertThat(failsToStart(4)).isEqualTo(EndEffect.REPLACED);
        assertThat(actions()).containsExactly("back off worker 0 for 100 ms");
    }

    @Test
    void theBackOffGetsLongerFromFailedStartToFailedStart() {
        pool = new PoolPlan(Specs.settings(0, 10));
        add(0, "a");
        actions();

        assertThat(failsToStart(1)).isEqualTo(EndEffect.REPLACED);
        assertThat(actions()).containsExactly("back off worker 0 for 100 ms");
        backOffEnds(0);
        failsToStart(2);
        assertThat(actions()).containsExactly("back off worker 0 for 200 ms");
        backOffEnds(0);
        failsToStart(3);
        assertThat(actions()).containsExactly("back off worker 0 for 400 ms");
        backOffEnds(0);
        failsToStart(4);
        assertThat(actions()).as("no longer than the maximum").containsExactly("back off worker 0 for 500 ms");
    }

    @Test
    void aSlotIsGivenUpAfterTheLastFailedStart() {
        add(0, "a");
        actions();
        failsToStart(1);
        backOffEnds(0);
        failsToStart(2);
        backOffEnds(0);

        assertThat(failsToStart(3)).isEqualTo(EndEffect.GIVEN_UP);

        assertThat(actions()).isEmpty();
        assertThat(pool.isEmpty()).isTrue();
    }

    @Test
    void aSlotThatIsGivenUpDoesNotAffectOtherSlots() {
        add(0, "a");
        add(1, "b");
        actions();
        readyAndActive(2);
        failsToStart(1);
        backOffEnds(0);
        failsToStart(3);
        backOffEnds(0);
        failsToStart(4);

        assertThat(actions()).isEmpty();
        assertThat(record(2).state()).isEqualTo(State.ACTIVE);
        assertThat(pool.hasNoSlot()).isFalse();
    }

    @Test
    void aProcessThatIsKilledAtItsStartIsReplacedAtOnceAndDoesNotCountAsAFailedStart() {
        add(0, "a");
        actions();
        for (int process = 1; process <= WorkerSlot.KILLED_STARTS_WITHOUT_BACKOFF; process++) {
            assertThat(isKilledAtItsStart(process)).isEqualTo(EndEffect.REPLACED);
            assertThat(actions()).containsExactly("launch " + (process + 1) + " for worker 0");
        }
    }

    @Test
    void afterTooManyInARowTheyCountAsFailedStarts() {
        WorkerSlot slot = add(0, "a");
        actions();
        int process = 1;
        while (slot.startFailures() == 0 && process < 100) {
            isKilledAtItsStart(process++);
            actions();
        }

        assertThat(process - 1).isEqualTo(WorkerSlot.KILLED_STARTS_WITHOUT_BACKOFF + 1);
        assertThat(slot.isBackingOff()).isTrue();
    }

    @Test
    void killedStartsAreCountedFromZeroAgainOnceAWorkerWasBuilt() {
        WorkerSlot slot = add(0, "a");
        actions();
        int process = 1;
        for (; process <= WorkerSlot.KILLED_STARTS_WITHOUT_BACKOFF; process++) {
            isKilledAtItsStart(process);
            actions();
        }
        readyAndActive(process);
        endsUnexpectedly(process);
        actions();

        isKilledAtItsStart(process + 1);

        assertThat(slot.startFailures()).isZero();
        assertThat(slot.isBackingOff()).isFalse();
    }
}
