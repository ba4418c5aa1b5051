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

    private final OutcomeWindow window = new OutcomeWindow();

    @Test
    void keepsUnreadTasks() {
        add(1, 2, 3);
        arrive(2);

        assertThat(window.unread()).isEqualTo(3);
        assertThat(window.inFlight()).isEqualTo(2);
        assertThat(window.inFlightIds()).containsExactly(1L, 3L);

        window.onRead(2);

        assertThat(window.unread()).isEqualTo(2);
        assertThat(window.inFlightIds()).containsExactly(1L, 3L);
    }

    @Test
    void takesOneOutcomeForEachTask() {
        add(1);

        assertThat(window.onOutcome(outcome(1))).isTrue();
        assertThat(window.onOutcome(outcome(1))).isFalse();
        window.onRead(1);
        assertThat(window.onOutcome(outcome(1))).isFalse();
    }

    @Test
    void findsTasksWhoseIdsAreNotConsecutive() {
        add(5, 6, 100, 101, 7000);

        assertThat(window.onOutcome(outcome(7))).isFalse();
        assertThat(window.onOutcome(outcome(4))).isFalse();
        assertThat(window.onOutcome(outcome(99))).isFalse();
        assertThat(window.onOutcome(outcome(7001))).isFalse();
        arrive(101, 6, 7000, 5, 100);

        assertThat(window.inFlight()).isZero();
    }

    @Test
    void aTaskInFlightCannotBeRead() {
        add(1);

        window.onRead(1);
        window.onRead(2);

        assertThat(window.unread()).isEqualTo(1);
    }

    @Test
    void givesOutcomesInTheOrderOfAdding() {
        add(1, 2, 3);
        arrive(2);
        assertThat(window.nextInOrder()).isNull();

        arrive(1);
        assertThat(window.nextInOrder().taskId()).isEqualTo(1);
        assertThat(window.nextInOrder().taskId()).isEqualTo(2);
        assertThat(window.nextInOrder()).isNull();
    }

    @Test
    void givesUnreadOutcomesAgainAfterARestart() {
        add(1, 2, 3);
        arrive(1, 2, 3);
        window.nextInOrder();
        window.nextInOrder();
        window.onRead(1);

        window.restart();

        assertThat(window.nextInOrder().taskId()).isEqualTo(2);
    }

    @Test
    void takesNoMemoryForTasksThatOvertakeASlowOne() {
        add(1);
        for (long taskId = 2; taskId < 3_000_000; taskId++) {
            window.add(taskId);
            window.onOutcome(outcome(taskId));
            window.onRead(taskId);
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
                        some.add(last);
                        model.put(last, false);
                    }
                    case 1 ->
                        assertThat(some.onOutcome(outcome(taskId)))
                                .as("seed %d", seed)
                                .isEqualTo(model.replace(taskId, false, true));
                    case 2 -> {
                        some.onRead(taskId);
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
        for (TaskOutcome next = window.nextInOrder(); next != null; next = window.nextInOrder()) {
            given.add(next.taskId());
        }
        return given;
    }

    private static List<Long> arrivedAtTheHead(TreeMap<Long, Boolean> model) {
        return model.keySet().stream().takeWhile(model::get).toList();
    }

    private void add(long... taskIds) {
        LongStream.of(taskIds).forEach(window::add);
    }

    private void arrive(long... taskIds) {
        LongStream.of(taskIds)
                .forEach(taskId -> assertThat(window.onOutcome(outcome(taskId))).isTrue());
    }

    private static TaskOutcome outcome(long taskId) {
        return new TaskOutcome(taskId, OUTCOME);
    }
}
