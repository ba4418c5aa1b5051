package dev.pipelinebox.internal.submit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.task.Outcome;
import dev.pipelinebox.internal.task.TaskOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OutcomeWindowTest {

    private static final Outcome OUTCOME = new Outcome.Returned(null);

    private final OutcomeWindow ring = new OutcomeWindow();

    @Test
    void keepsWhatIsNotRead() {
        add(1, 2, 3);
        arrive(2);

        assertThat(ring.unread()).isEqualTo(3);
        assertThat(ring.atWork()).isEqualTo(2);
        assertThat(ring.missing()).containsExactly(1L, 3L);

        ring.read(2);

        assertThat(ring.unread()).isEqualTo(2);
        assertThat(ring.missing()).containsExactly(1L, 3L);
    }

    @Test
    void takesOneOutcomeForEachTask() {
        add(1);

        assertThat(ring.arrive(outcome(1))).isTrue();
        assertThat(ring.arrive(outcome(1))).isFalse();
        ring.read(1);
        assertThat(ring.arrive(outcome(1))).isFalse();
    }

    @Test
    void findsTasksWhereOthersNumbersLieBetweenThem() {
        add(5, 6, 100, 101, 7000);

        assertThat(ring.arrive(outcome(7))).isFalse();
        assertThat(ring.arrive(outcome(4))).isFalse();
        assertThat(ring.arrive(outcome(99))).isFalse();
        assertThat(ring.arrive(outcome(7001))).isFalse();
        arrive(101, 6, 7000, 5, 100);

        assertThat(ring.atWork()).isZero();
    }

    @Test
    void readsNothingThatHasNotArrived() {
        add(1);

        ring.read(1);
        ring.read(2);

        assertThat(ring.unread()).isEqualTo(1);
    }

    @Test
    void givesInOrderWhatHasArrived() {
        add(1, 2, 3);
        arrive(2);
        assertThat(ring.nextInOrder()).isNull();

        arrive(1);
        assertThat(ring.nextInOrder().taskId()).isEqualTo(1);
        assertThat(ring.nextInOrder().taskId()).isEqualTo(2);
        assertThat(ring.nextInOrder()).isNull();
    }

    @Test
    void givesAgainWhatWasNotReadWhenItStartsOver() {
        add(1, 2, 3);
        arrive(1, 2, 3);
        ring.nextInOrder();
        ring.nextInOrder();
        ring.read(1);

        ring.startOver();

        assertThat(ring.nextInOrder().taskId()).isEqualTo(2);
    }

    @Test
    void takesNoMemoryForThoseThatOvertakeASlowOne() {
        add(1);
        for (long taskId = 2; taskId < 3_000_000; taskId++) {
            ring.add(taskId);
            ring.arrive(outcome(taskId));
            ring.read(taskId);
        }

        assertThat(ring.capacity()).isLessThan(1000);
        assertThat(ring.missing()).containsExactly(1L);
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
                        some.add(last);
                        model.put(last, false);
                    }
                    case 1 ->
                        assertThat(some.arrive(outcome(taskId)))
                                .as("seed %d", seed)
                                .isEqualTo(model.replace(taskId, false, true));
                    case 2 -> {
                        some.read(taskId);
                        model.remove(taskId, true);
                    }
                    default -> {
                        if (random.nextInt(20) == 0) {
                            some.startOver();
                            assertThat(inOrder(some)).as("seed %d", seed).isEqualTo(arrivedAtTheHead(model));
                        }
                    }
                }
                assertThat(some.unread()).as("seed %d", seed).isEqualTo(model.size());
            }
            assertThat(some.missing())
                    .as("seed %d", seed)
                    .isEqualTo(model.keySet().stream()
                            .filter(task -> !model.get(task))
                            .toList());
        }
    }

    private static List<Long> inOrder(OutcomeWindow ring) {
        List<Long> given = new ArrayList<>();
        for (TaskOutcome next = ring.nextInOrder(); next != null; next = ring.nextInOrder()) {
            given.add(next.taskId());
        }
        return given;
    }

    private static List<Long> arrivedAtTheHead(TreeMap<Long, Boolean> model) {
        return model.keySet().stream().takeWhile(model::get).toList();
    }

    private void add(long... taskIds) {
        LongStream.of(taskIds).forEach(ring::add);
    }

    private void arrive(long... taskIds) {
        LongStream.of(taskIds)
                .forEach(taskId -> assertThat(ring.arrive(outcome(taskId))).isTrue());
    }

    private static TaskOutcome outcome(long taskId) {
        return new TaskOutcome(taskId, OUTCOME);
    }
}
