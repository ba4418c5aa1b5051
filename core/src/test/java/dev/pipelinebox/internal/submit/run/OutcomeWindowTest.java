package dev.pipelinebox.internal.submit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.task.Batches;
import dev.pipelinebox.internal.task.Outcome;
import dev.pipelinebox.internal.task.OutcomeBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OutcomeWindowTest {

    private static final Outcome OUTCOME = Outcome.Returned.of(null);

    private final OutcomeWindow window = new OutcomeWindow();

    @Test
    void keepsUnreadTasks() {
        add(1, 2, 3);
        arrive(2);

        assertThat(window.unread()).isEqualTo(3);
        assertThat(window.inFlight()).isEqualTo(2);
        assertThat(window.inFlightIds()).containsExactly(1L, 3L);

        window.onRead(2, 1);

        assertThat(window.unread()).isEqualTo(2);
        assertThat(window.inFlightIds()).containsExactly(1L, 3L);
    }

    @Test
    void takesOneOutcomeForEachTask() {
        add(1);

        assertThat(window.onOutcomes(outcome(1))).isTrue();
        assertThat(window.onOutcomes(outcome(1))).isFalse();
        window.onRead(1, 1);
        assertThat(window.onOutcomes(outcome(1))).isFalse();
    }

    @Test
    void takesTheOutcomesOfConsecutiveTasksTogether() {
        window.add(1, 100);

        assertThat(window.onOutcomes(outcomes(1, 60))).isTrue();
        assertThat(window.inFlight()).isEqualTo(40);
        assertThat(window.onOutcomes(outcomes(60, 2))).as("one has its outcome").isFalse();
        assertThat(window.onOutcomes(outcomes(100, 2))).as("one was not added").isFalse();
        assertThat(window.inFlight()).isEqualTo(40);
        assertThat(window.onOutcomes(outcomes(61, 40))).isTrue();
        assertThat(inOrder(window)).hasSize(100);
    }

    @Test
    void findsTasksWhoseIdsAreNotConsecutive() {
        add(5, 6, 100, 101, 7000);

        assertThat(window.onOutcomes(outcome(7))).isFalse();
        assertThat(window.onOutcomes(outcome(4))).isFalse();
        assertThat(window.onOutcomes(outcome(99))).isFalse();
        assertThat(window.onOutcomes(outcome(7001))).isFalse();
        arrive(101, 6, 7000, 5, 100);

        assertThat(window.inFlight()).isZero();
    }

    @Test
    void aTaskInFlightCannotBeRead() {
        add(1);

        window.onRead(1, 1);
        window.onRead(2, 1);

        assertThat(window.unread()).isEqualTo(1);
    }

    @Test
    void givesOutcomesInTheOrderOfAdding() {
        add(1, 2, 3);
        arrive(2);
        assertThat(nextInOrder(window)).isEmpty();

        arrive(1);
        assertThat(nextInOrder(window)).hasValue(1);
        assertThat(nextInOrder(window)).hasValue(2);
        assertThat(nextInOrder(window)).isEmpty();
    }

    @Test
    void givesUnreadOutcomesAgainAfterARestart() {
        add(1, 2, 3);
        arrive(1, 2, 3);
        nextInOrder(window);
        nextInOrder(window);
        window.onRead(1, 1);

        window.restart();

        assertThat(nextInOrder(window)).hasValue(2);
    }

    @Test
    void takesNoMemoryForTasksThatOvertakeASlowOne() {
        add(1);
        for (long taskId = 2; taskId < 3_000_000; taskId++) {
            window.add(taskId, 1);
            window.onOutcomes(outcome(taskId));
            window.onRead(taskId, 1);
        }

        assertThat(window.capacity()).isLessThan(1000);
        assertThat(window.inFlightIds()).containsExactly(1L);
    }

    @Test
    void doesTheSameAsASortedMapInAnyOrderOfCalls() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            OutcomeWindow some = new OutcomeWindow();
            TreeMap<Long, Boolean> model = new TreeMap<>();
            long last = 0;
            for (int step = 0; step < 2000; step++) {
                long taskId = 1 + (long) (random.nextDouble() * (last + 1));
                switch (random.nextInt(4)) {
                    case 0 -> {
                        last += random.nextInt(5) == 0 ? 1 + random.nextInt(1000) : 1;
                        some.add(last, 1);
                        model.put(last, false);
                    }
                    case 1 ->
                        assertThat(some.onOutcomes(outcome(taskId)))
                                .as("seed %d", seed)
                                .isEqualTo(model.replace(taskId, false, true));
                    case 2 -> {
                        some.onRead(taskId, 1);
                        model.remove(taskId, true);
                    }
                    default -> {
                        if (random.nextInt(20) == 0) {
                            some.restart();
                            assertThat(inOrder(some)).as("seed %d", seed).isEqualTo(arrivedAtTheHead(model));
                        }
                    }
                }
                assertThat(some.unread()).as("seed %d", seed).isEqualTo(model.size());
            }
            assertThat(some.inFlightIds())
                    .as("seed %d", seed)
                    .isEqualTo(model.keySet().stream()
                            .filter(task -> !model.get(task))
                            .toList());
        }
    }

    private static List<Long> inOrder(OutcomeWindow window) {
        List<Long> given = new ArrayList<>();
        for (OptionalLong next = nextInOrder(window); next.isPresent(); next = nextInOrder(window)) {
            given.add(next.getAsLong());
        }
        return given;
    }

    /** The task of the next outcome, if that has arrived. */
    private static OptionalLong nextInOrder(OutcomeWindow window) {
        ReadBatch batch = new ReadBatch();
        return window.giveNextInOrder(batch) ? OptionalLong.of(batch.nextId()) : OptionalLong.empty();
    }

    private static List<Long> arrivedAtTheHead(TreeMap<Long, Boolean> model) {
        return model.keySet().stream().takeWhile(model::get).toList();
    }

    private void add(long... taskIds) {
        LongStream.of(taskIds).forEach(taskId -> window.add(taskId, 1));
    }

    private void arrive(long... taskIds) {
        LongStream.of(taskIds)
                .forEach(
                        taskId -> assertThat(window.onOutcomes(outcome(taskId))).isTrue());
    }

    private static OutcomeBatch outcomes(long firstId, int count) {
        return new OutcomeBatch(firstId, new Outcome.Returned(Batches.payloads(count, null)));
    }

    private static OutcomeBatch outcome(long taskId) {
        return new OutcomeBatch(taskId, OUTCOME);
    }
}
