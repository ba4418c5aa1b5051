package dev.pipelinebox.internal.submit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.task.Outcome;
import dev.pipelinebox.internal.task.TaskOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ResultBufferTest {

    private static final Outcome OUTCOME = new Outcome.Returned(null);

    private final ResultBuffer arrivals = new ResultBuffer();

    @Test
    void areReadInTheOrderOfArriving() {
        take(1, 2, 3);
        arrive(3, 1);

        assertThat(readAll()).containsExactly(3L, 1L);
        arrive(2);
        assertThat(readAll()).containsExactly(2L);
    }

    @Test
    void areReadInTheOrderOfAddingIfAskedTo() {
        arrivals.readInOrderOfAdding();
        take(1, 2, 3);

        arrive(3);
        assertThat(readAll()).isEmpty();
        arrive(1);
        assertThat(readAll()).containsExactly(1L);
        arrive(2);
        assertThat(readAll()).containsExactly(2L, 3L);
    }

    @Test
    void mayBePutInOrderAfterSomeHaveArrived() {
        take(1, 2, 3);
        arrive(2, 1);

        arrivals.readInOrderOfAdding();

        assertThat(readAll()).containsExactly(1L, 2L);
    }

    @Test
    void carryTheirOutcome() {
        Outcome outcome = new Outcome.Returned(new byte[] {1});
        take(1);
        arrivals.arrived(new TaskOutcome(1, outcome));

        assertThat(arrivals.fetch().outcome()).isSameAs(outcome);
    }

    @Test
    void countOnlyWhereSomebodyWaits() {
        take(1);

        assertThat(arrivals.arrived(new TaskOutcome(2, OUTCOME))).isFalse();
        assertThat(arrivals.arrived(new TaskOutcome(1, OUTCOME))).isTrue();
        assertThat(readAll()).containsExactly(1L);
        assertThat(arrivals.arrived(new TaskOutcome(1, OUTCOME)))
                .as("it was read")
                .isFalse();
    }

    @Test
    void tellWhatIsUnderWayAtWorkAndMissing() {
        take(1, 2, 3);
        arrive(2);

        assertThat(arrivals.underWay()).isEqualTo(3);
        assertThat(arrivals.atWork()).isEqualTo(2);
        assertThat(arrivals.missing()).containsExactly(1L, 3L);

        readAll();

        assertThat(arrivals.underWay()).isEqualTo(2);
        assertThat(arrivals.atWork()).isEqualTo(2);
    }

    @Test
    void tellTheSameWhileSomeWaitForTheirTurn() {
        arrivals.readInOrderOfAdding();
        take(1, 2, 3);
        arrive(2);
        readAll();

        assertThat(arrivals.underWay()).isEqualTo(3);
        assertThat(arrivals.atWork()).isEqualTo(2);
        assertThat(arrivals.missing()).containsExactly(1L, 3L);
    }

    @Test
    void areForgottenTogether() {
        arrivals.readInOrderOfAdding();
        take(1, 2, 3);
        arrive(2, 3);
        readAll();

        arrivals.clear();

        assertThat(readAll()).isEmpty();
        assertThat(arrivals.underWay()).isZero();
        assertThat(arrivals.atWork()).isZero();
        assertThat(arrivals.missing()).isEmpty();
        assertThat(arrivals.arrived(new TaskOutcome(1, OUTCOME))).isFalse();
    }

    @Test
    void areEachReadOnceWhateverTheirOrder() {
        for (long seed = 1; seed <= 500; seed++) {
            Random random = new Random(seed);
            ResultBuffer some = new ResultBuffer();
            boolean inOrder = random.nextBoolean();
            List<Long> added =
                    LongStream.rangeClosed(1, 1 + random.nextInt(50)).boxed().toList();
            List<Long> arriving = new ArrayList<>(added);
            Collections.shuffle(arriving, random);
            List<Long> read = new ArrayList<>();
            if (inOrder) {
                some.readInOrderOfAdding();
            }

            added.forEach(some::taken);
            for (long taskId : arriving) {
                some.arrived(new TaskOutcome(taskId, OUTCOME));
                if (random.nextInt(3) == 0) {
                    read.addAll(readAll(some));
                }
            }
            read.addAll(readAll(some));

            assertThat(read).as("seed %d", seed).isEqualTo(inOrder ? added : arriving);
            assertThat(some.underWay()).as("seed %d", seed).isZero();
        }
    }

    private void take(long... taskIds) {
        LongStream.of(taskIds).forEach(arrivals::taken);
    }

    private void arrive(long... taskIds) {
        LongStream.of(taskIds).forEach(taskId -> arrivals.arrived(new TaskOutcome(taskId, OUTCOME)));
    }

    private List<Long> readAll() {
        return readAll(arrivals);
    }

    private static List<Long> readAll(ResultBuffer arrivals) {
        List<Long> read = new ArrayList<>();
        for (TaskOutcome next = arrivals.fetch(); next != null; next = arrivals.fetch()) {
            arrivals.read(next.taskId());
            read.add(next.taskId());
        }
        return read;
    }

    @Test
    void takeOneOutcomeForEachTask() {
        ResultBuffer arrivals = new ResultBuffer();
        arrivals.taken(1);

        assertThat(arrivals.arrived(new TaskOutcome(1, new Outcome.Returned(null))))
                .isTrue();
        assertThat(arrivals.arrived(new TaskOutcome(1, new Outcome.Returned(null))))
                .isFalse();
        assertThat(arrivals.atWork()).isZero();
        assertThat(arrivals.missing()).isEmpty();
    }
}
