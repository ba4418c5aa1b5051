package dev.pipelinebox.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.pool.PoolPlan.EndEffect;
import dev.pipelinebox.internal.pool.WorkerRecord.State;
import org.junit.jupiter.api.Test;

/** How a worker that is due for recycling is replaced. */
class RecyclingTest extends PoolFixture {

    @Test
    void aWorkerDueForRecyclingStaysActiveUntilItsReplacementIsBuilt() {
        active("a");

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
    void aRecycledWorkerIsUnneededWhenItIsGone() {
        active("a");
        recyclingDue(1);
        actions();
        ready(2);
        actions();

        assertThat(endsUnexpectedly(1)).isEqualTo(EndEffect.UNNEEDED);
        assertThat(actions()).isEmpty();
    }

    @Test
    void oneWorkerIsRecycledAtATimeIfThereAreFew() {
        active("a", "a", "a");

        recyclingDue(1);
        recyclingDue(2);
        assertThat(actions()).containsExactly("launch 4 for worker 0");

        ready(4);
        assertThat(actions()).containsExactly("activate 4 as worker 0", "drain 1");
        assertThat(actions()).isEmpty();
        endsUnexpectedly(1);
        assertThat(actions()).containsExactly("launch 5 for worker 1");
    }

    @Test
    void aReplacementIsLaunchedOnlyOnceTheDrainingProcessIsGone() {
        active("a", "a", "a", "a");
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
            assertThat(actions()).as("the worker is still draining").isEmpty();

            assertThat(endsUnexpectedly(recyclingDue)).isEqualTo(EndEffect.UNNEEDED);
        }
        assertThat(actions()).isEmpty();
    }

    @Test
    void recyclingDoesNotWaitForTheDrainingProcessOfAStoppedSlot() {
        active("a", "a");
        pool.stop(0);
        assertThat(actions()).containsExactly("drain 1");

        recyclingDue(2);

        assertThat(actions()).containsExactly("launch 3 for worker 1");
    }

    @Test
    void aQuarterOfTheWorkersIsRecycledAtATime() {
        active("a", "a", "a", "a", "a", "a", "a", "a", "a");

        for (int process = 1; process <= 9; process++) {
            recyclingDue(process);
        }

        assertThat(actions()).containsExactly("launch 10 for worker 0", "launch 11 for worker 1");
    }

    @Test
    void aWorkerDueForRecyclingStaysActiveDuringTheBackOffOfItsReplacement() {
        active("a");
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
    void aSlotIsNotGivenUpForFailedReplacements() {
        active("a");
        recyclingDue(1);
        actions();
        for (int process = 2; process <= 20; process++) {
            assertThat(failsToStart(process)).isEqualTo(EndEffect.REPLACED);
            backOffEnds(0);
        }
        assertThat(record(1).state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void aWorkerThatEndsUnexpectedlyIsFollowedByTheReplacementThatIsBeingBuilt() {
        WorkerSlot slot = active("a");
        recyclingDue(1);
        actions();

        assertThat(endsUnexpectedly(1)).isEqualTo(EndEffect.REPLACED);
        assertThat(actions()).as("no other process is launched").isEmpty();
        assertThat(pool.slotOf(record(2))).contains(slot);

        ready(2);
        assertThat(actions()).containsExactly("activate 2 as worker 0");
    }

    @Test
    void failuresBeforeAReplacementIsActivatedDoNotLengthenLaterBackOffs() {
        active("a");
        recyclingDue(1);
        actions();
        failsToStart(2);
        backOffEnds(0);
        failsToStart(3);
        backOffEnds(0);
        failsToStart(4);
        backOffEnds(0);
        endsUnexpectedly(1);
        actions();
        readyAndActive(5);
        pool.onOutcome(record(5));

        recyclingDue(5);
        assertThat(actions()).containsExactly("launch 6 for worker 0");
        failsToStart(6);
        assertThat(actions()).containsExactly("back off worker 0 for 100 ms");
    }

    @Test
    void aWorkerThatEndsUnexpectedlyIsFollowedAtOnceDuringTheBackOffOfItsReplacement() {
        active("a");
        recyclingDue(1);
        actions();
        failsToStart(2);
        actions();

        endsUnexpectedly(1);
        assertThat(actions()).containsExactly("launch 3 for worker 0");
    }

    @Test
    void anEndedWorkerIsFollowedByTheReplacementThatIsBeingBuilt() {
        active("a");
        recyclingDue(1);
        actions();

        ends(1);
        assertThat(actions()).isEmpty();
        ready(2);
        assertThat(actions()).containsExactly("activate 2 as worker 0");
        assertThat(endsUnexpectedly(1)).isEqualTo(EndEffect.REPLACED);
        assertThat(actions()).isEmpty();
    }

    @Test
    void anEndedWorkerIsNotFollowedByAReplacementThatHasEndedToo() {
        active("a");
        recyclingDue(1);
        actions();
        ends(2);
        ready(2);
        assertThat(actions()).isEmpty();

        ends(1);
        assertThat(actions()).as("both ends may be unexpected").isEmpty();
        endsUnexpectedly(1);
        assertThat(actions()).isEmpty();
        isKilledForALimit(2);
        assertThat(actions()).containsExactly("launch 3 for worker 0");
    }

    @Test
    void anEndedWorkerIsFollowedAtOnceDuringTheBackOffOfItsReplacement() {
        active("a");
        recyclingDue(1);
        actions();
        failsToStart(2);
        actions();

        ends(1);
        assertThat(actions()).containsExactly("launch 3 for worker 0");
    }

    @Test
    void aReplacementThatEndsBeforeItIsBuiltIsFollowedByABackOffOnceItsCauseIsKnown() {
        active("a");
        recyclingDue(1);
        actions();

        ends(2);
        assertThat(actions()).isEmpty();
        failsToStart(2);
        assertThat(actions()).containsExactly("back off worker 0 for 100 ms");
    }
}
