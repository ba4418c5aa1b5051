package dev.pipelinebox.internal.submit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.task.Outcome;
import dev.pipelinebox.internal.task.OutcomeBatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ResultBufferTest {

    private static final Outcome OUTCOME = Outcome.Returned.of(null);

    private final ResultBuffer results = new ResultBuffer();

    @Test
    void resultsAreReadInTheOrderOfArriving() {
        take(1, 2, 3);
        arrive(3, 1);

        assertThat(readAll()).containsExactly(3L, 1L);
        arrive(2);
        assertThat(readAll()).containsExactly(2L);
    }

    @Test
    void resultsAreReadInTheOrderOfAddingOnRequest() {
        results.readInOrder();
        take(1, 2, 3);

        arrive(3);
        assertThat(readAll()).isEmpty();
        arrive(1);
        assertThat(readAll()).containsExactly(1L);
        arrive(2);
        assertThat(readAll()).containsExactly(2L, 3L);
    }

    @Test
    void theOrderMayBeChangedAfterSomeHaveArrived() {
        take(1, 2, 3);
        arrive(2, 1);

        results.readInOrder();

        assertThat(readAll()).containsExactly(1L, 2L);
    }

    @Test
    void givesTheOutcomeItself() {
        Outcome outcome = Outcome.Returned.of(new byte[] {1});
        take(1);
        results.onOutcomes(new OutcomeBatch(1, outcome));

        ReadBatch given = new ReadBatch();
        assertThat(results.giveNext(given, 2)).isTrue();
        assertThat(given.nextId()).isEqualTo(1);
        assertThat(given.next().of(1)).isSameAs(outcome);
    }

    @Test
    void ignoresOutcomesOfOtherTasks() {
        take(1);

        assertThat(results.onOutcomes(new OutcomeBatch(2, OUTCOME))).isFalse();
        assertThat(results.onOutcomes(new OutcomeBatch(1, OUTCOME))).isTrue();
        assertThat(readAll()).containsExactly(1L);
        assertThat(results.onOutcomes(new OutcomeBatch(1, OUTCOME)))
                .as("it was read")
                .isFalse();
    }

    @Test
    void tellsWhatIsUnreadAndInFlight() {
        take(1, 2, 3);
        arrive(2);

        assertThat(results.unread()).isEqualTo(3);
        assertThat(results.inFlight()).isEqualTo(2);
        assertThat(results.inFlightIds()).containsExactly(1L, 3L);

        readAll();

        assertThat(results.unread()).isEqualTo(2);
        assertThat(results.inFlight()).isEqualTo(2);
    }

    @Test
    void tellsTheSameWhileResultsWaitForTheirTurn() {
        results.readInOrder();
        take(1, 2, 3);
        arrive(2);
        readAll();

        assertThat(results.unread()).isEqualTo(3);
        assertThat(results.inFlight()).isEqualTo(2);
        assertThat(results.inFlightIds()).containsExactly(1L, 3L);
    }

    @Test
    void clearForgetsAll() {
        results.readInOrder();
        take(1, 2, 3);
        arrive(2, 3);
        readAll();

        results.clear();

        assertThat(readAll()).isEmpty();
        assertThat(results.unread()).isZero();
        assertThat(results.inFlight()).isZero();
        assertThat(results.inFlightIds()).isEmpty();
        assertThat(results.onOutcomes(new OutcomeBatch(1, OUTCOME))).isFalse();
    }

    @Test
    void eachResultIsReadOnceInEitherOrder() {
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
                some.readInOrder();
            }

            added.forEach(taskId -> some.add(taskId, 1));
            for (long taskId : arriving) {
                some.onOutcomes(new OutcomeBatch(taskId, OUTCOME));
                if (random.nextInt(3) == 0) {
                    read.addAll(readAll(some));
                }
            }
            read.addAll(readAll(some));

            assertThat(read).as("seed %d", seed).isEqualTo(inOrder ? added : arriving);
            assertThat(some.unread()).as("seed %d", seed).isZero();
        }
    }

    private void take(long... taskIds) {
        LongStream.of(taskIds).forEach(taskId -> results.add(taskId, 1));
    }

    private void arrive(long... taskIds) {
        LongStream.of(taskIds).forEach(taskId -> results.onOutcomes(new OutcomeBatch(taskId, OUTCOME)));
    }

    private List<Long> readAll() {
        return readAll(results);
    }

    private static List<Long> readAll(ResultBuffer results) {
        List<Long> read = new ArrayList<>();
        ReadBatch given = new ReadBatch();
        while (results.giveNext(given, 2)) {
            while (given.hasNext()) {
                read.add(given.nextId());
                given.next();
            }
        }
        given.releaseRead(results::onRead);
        return read;
    }

    @Test
    void takesOneOutcomeForEachTask() {
        ResultBuffer results = new ResultBuffer();
        results.add(1, 1);

        assertThat(results.onOutcomes(new OutcomeBatch(1, Outcome.Returned.of(null))))
                .isTrue();
        assertThat(results.onOutcomes(new OutcomeBatch(1, Outcome.Returned.of(null))))
                .isFalse();
        assertThat(results.inFlight()).isZero();
        assertThat(results.inFlightIds()).isEmpty();
    }
}
