package dev.pipelinebox.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.internal.pool.PoolPlan.EndEffect;
import dev.pipelinebox.internal.task.Demand;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** When spares are launched, and which slots they fill. */
class SparesTest extends PoolFixture {

    @Test
    void aSpareThatFillsASlotResetsItsCountOfFailedStarts() {
        keepSpares(1);
        active("a");
        endsUnexpectedly(1);
        actions();
        failsToStart(3);
        backOffEnds(0);
        failsToStart(4);
        ready(2);
        assertThat(actions()).contains("activate 2 as worker 0", "launch 5 as a spare");
        pool.onOutcome(record(2));
        endsUnexpectedly(2);
        assertThat(actions()).containsExactly("launch 6 for worker 0");

        assertThat(failsToStart(6)).isEqualTo(EndEffect.REPLACED);
    }

    @Test
    void sparesAreLaunchedOnlyOnceAllWorkersOfTheirKindAreActive() {
        keepSpares(2);
        add(0, "a");
        add(1, "a");
        actions();
        ready(1);
        assertThat(actions()).containsExactly("activate 1 as worker 0");

        ready(2);
        assertThat(actions()).containsExactly("activate 2 as worker 1", "launch 3 as a spare", "launch 4 as a spare");
        ready(3);
        ready(4);
        assertThat(actions()).isEmpty();
    }

    @Test
    void sparesAreOfOneKindForTheSameParametersAndOptions() {
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
    void aSpareIsActivatedAtOnceWhenAWorkerEnds() {
        activeWithSpare();

        assertThat(endsUnexpectedly(1)).isEqualTo(EndEffect.REPLACED);
        assertThat(actions()).containsExactly("activate 2 as worker 0", "launch 3 as a spare");
        assertThat(record(2).index()).isZero();
    }

    @Test
    void aSpareIsActivatedEvenIfTheSlotWouldHaveToBackOff() {
        activeWithSpare();
        endsUnexpectedly(1);
        actions();
        ready(3);
        actions();

        endsUnexpectedly(2);
        assertThat(actions()).containsExactly("activate 3 as worker 0", "launch 4 as a spare");
    }

    @Test
    void aSpareReplacesAWorkerDueForRecyclingAtOnce() {
        activeWithSpare();

        recyclingDue(1);
        assertThat(actions()).containsExactly("activate 2 as worker 0", "drain 1", "launch 3 as a spare");
    }

    @Test
    void aSpareThatHasEndedIsNotActivatedWhenAWorkerEnds() {
        activeWithSpare();
        ends(2);

        assertThat(endsUnexpectedly(1)).isEqualTo(EndEffect.REPLACED);
        assertThat(actions()).containsExactly("launch 3 for worker 0");
        assertThat(endsUnexpectedly(2)).isEqualTo(EndEffect.SPARE_LOST);
        ready(3);
        assertThat(actions()).containsExactly("activate 3 as worker 0", "back off spare for 100 ms");
    }

    @Test
    void aSpareThatHasEndedDoesNotReplaceAWorkerDueForRecycling() {
        activeWithSpare();
        ends(2);

        recyclingDue(1);
        assertThat(actions()).containsExactly("launch 3 for worker 0");
        ready(3);
        assertThat(actions()).containsExactly("activate 3 as worker 0", "drain 1");
    }

    @Test
    void theNextSpareIsActivatedIfTheFirstHasEnded() {
        keepSpares(2);
        active("a");
        ready(2);
        ready(3);
        ends(2);

        endsUnexpectedly(1);
        assertThat(actions()).containsExactly("activate 3 as worker 0", "launch 4 as a spare");
    }

    @Test
    void sparesReplaceOneWorkerDueForRecyclingAtATime() {
        keepSpares(2);
        active("a", "a");
        ready(3);
        ready(4);
        recyclingDue(1);
        recyclingDue(2);

        assertThat(actions()).containsExactly("activate 3 as worker 0", "drain 1", "launch 5 as a spare");
        assertThat(actions()).isEmpty();
        endsUnexpectedly(1);
        assertThat(actions()).containsExactly("activate 4 as worker 1", "drain 2", "launch 6 as a spare");
    }

    @Test
    void aSpareIsNotActivatedBeforeItIsBuilt() {
        keepSpares(1);
        active("a");

        endsUnexpectedly(1);
        assertThat(actions()).containsExactly("launch 3 for worker 0");
        ready(2);
        assertThat(actions()).isEmpty();
    }

    @Test
    void aSpareFillsASlotThatIsBackingOffOnceItIsBuilt() {
        keepSpares(1);
        active("a");
        endsUnexpectedly(1);
        actions();
        failsToStart(3);
        assertThat(actions()).containsExactly("back off worker 0 for 100 ms");

        ready(2);
        assertThat(actions()).containsExactly("activate 2 as worker 0", "launch 4 as a spare");
    }

    @Test
    void aSpareDoesNotFillASlotOfAnotherKind() {
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
    void sparesAreEndedOnceNoSlotIsOfTheirKind() {
        activeWithSpare();

        pool.stop(0);
        assertThat(actions()).containsExactlyInAnyOrder("drain 1", "end 2");
        assertThat(actions()).isEmpty();
        assertThat(endsUnexpectedly(2)).isEqualTo(EndEffect.UNNEEDED);
        assertThat(endsUnexpectedly(1)).isEqualTo(EndEffect.STOPPED);
        assertThat(pool.isEmpty()).isTrue();
    }

    @Test
    void aLostSpareIsReplacedAfterABackOff() {
        activeWithSpare();

        assertThat(endsUnexpectedly(2)).isEqualTo(EndEffect.SPARE_LOST);
        assertThat(actions()).containsExactly("back off spare for 100 ms");
        assertThat(actions()).containsExactly("back off spare for 100 ms");

        pool.onBackoffOver(WorkerRecord.SPARE);
        assertThat(actions()).containsExactly("launch 3 as a spare");
    }

    @Test
    void sparesAreGivenUpAfterTooManyFailuresInARow() {
        keepSpares(1);
        active("a");
        for (int process = 2; process <= 4; process++) {
            assertThat(failsToStart(process)).isEqualTo(EndEffect.SPARE_LOST);
            actions();
            pool.onBackoffOver(WorkerRecord.SPARE);
            assertThat(actions()).hasSize(process < 4 ? 1 : 0);
        }
    }

    @Test
    void sparesAreLaunchedAgainAfterASuccessfulStart() {
        keepSpares(1);
        active("a");
        for (int process = 2; process <= 4; process++) {
            failsToStart(process);
            pool.onBackoffOver(WorkerRecord.SPARE);
            actions();
        }
        endsUnexpectedly(1);
        assertThat(actions()).containsExactly("launch 5 for worker 0");

        ready(5);
        assertThat(actions()).containsExactly("activate 5 as worker 0", "launch 6 as a spare");
    }

    @Test
    void aSpareIsNotTheWorkerOfASlot() {
        activeWithSpare();

        assertThat(record(2).isSpare()).isTrue();
        assertThat(pool.slotOf(record(2))).isEmpty();
    }

    @Test
    void aSpareDueForRecyclingIsEndedAndReplaced() {
        keepSpares(1);
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

    private void activeWithSpare() {
        keepSpares(1);
        active("a");
        ready(2);
        assertThat(actions()).isEmpty();
    }

    private List<String> spareKinds() {
        return pool.records().stream()
                .filter(WorkerRecord::isSpare)
                .map(record -> Objects.toString(record.spec().parameters()))
                .toList();
    }
}
