package dev.pipelinebox.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.internal.task.Policies;
import dev.pipelinebox.internal.task.Task;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuarantineTest {

    private static final PipelineBoxException ERROR = new NoWorkerException("some error");
    private static final Instant NOW = Instant.parse("2026-02-03T10:15:30Z");

    private final Quarantine quarantine = new Quarantine(3, 1 << 20);

    @Test
    void keepsTaskErrorAndTime() {
        Task task = task(1);

        quarantine.add(task, ERROR, NOW);

        assertThat(quarantine.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.task()).isSameAs(task);
            assertThat(entry.error()).isSameAs(ERROR);
            assertThat(entry.since()).isEqualTo(NOW);
        });
    }

    @Test
    void keepsTasksInTheOrderInWhichTheyWereGivenUp() {
        add(2, 1, 3);

        assertThat(quarantine.entries()).extracting(entry -> entry.task().id()).containsExactly(2L, 1L, 3L);
    }

    @Test
    void theOldestMakeRoom() {
        add(1, 2, 3, 4, 5);

        assertThat(quarantine.entries()).extracting(entry -> entry.task().id()).containsExactly(3L, 4L, 5L);
        assertThat(quarantine.release(2)).isEmpty();
    }

    @Test
    void aTaskIsReleasedOnce() {
        add(1, 2);

        assertThat(quarantine.release(1))
                .hasValueSatisfying(entry -> assertThat(entry.task().id()).isEqualTo(1));
        assertThat(quarantine.release(1)).isEmpty();
        assertThat(quarantine.entries()).extracting(entry -> entry.task().id()).containsExactly(2L);
    }

    @Test
    void releasesNothingThatItDoesNotKeep() {
        assertThat(quarantine.release(99)).isEmpty();
    }

    @Test
    void entriesAreASnapshot() {
        add(1);
        var shown = quarantine.entries();
        add(2);

        assertThat(shown).hasSize(1);
    }

    @Test
    void keepsNothingIfItIsSwitchedOff() {
        Quarantine none = new Quarantine(0, 1 << 20);

        none.add(task(1), ERROR, NOW);

        assertThat(none.entries()).isEmpty();
        assertThat(none.release(1)).isEmpty();
    }

    @Test
    void theOldestMakeRoomForTheBytesOfNewOnes() {
        Quarantine small = new Quarantine(10, 100);
        small.add(task(1, 40), ERROR, NOW);
        small.add(task(2, 40), ERROR, NOW);
        small.add(task(3, 20), ERROR, NOW);
        assertThat(ids(small)).as("just enough").containsExactly(1L, 2L, 3L);

        small.add(task(4, 41), ERROR, NOW);
        assertThat(ids(small)).containsExactly(3L, 4L);
    }

    @Test
    void releasedTasksMakeRoomForTheirBytes() {
        Quarantine small = new Quarantine(10, 100);
        small.add(task(1, 60), ERROR, NOW);
        small.add(task(2, 40), ERROR, NOW);
        small.release(1);
        small.release(1);
        small.release(99);

        small.add(task(3, 60), ERROR, NOW);
        assertThat(ids(small)).containsExactly(2L, 3L);
        small.add(task(4, 1), ERROR, NOW);
        assertThat(ids(small)).containsExactly(3L, 4L);
    }

    @Test
    void keepsTheLastTaskHoweverLargeAndNoOtherBesideIt() {
        Quarantine small = new Quarantine(10, 100);

        small.add(task(1, 1), ERROR, NOW);
        small.add(task(2, 101), ERROR, NOW);
        assertThat(ids(small)).containsExactly(2L);

        small.add(task(3, 1), ERROR, NOW);
        assertThat(ids(small)).containsExactly(3L);
    }

    private static List<Long> ids(Quarantine quarantine) {
        return quarantine.entries().stream().map(entry -> entry.task().id()).toList();
    }

    private void add(long... ids) {
        for (long id : ids) {
            quarantine.add(task(id), ERROR, NOW);
        }
    }

    private static Task task(long id) {
        return new Task(id, null, Policies.attempts(3), (taskId, outcome) -> {});
    }

    private static Task task(long id, int bytes) {
        return new Task(id, new byte[bytes], Policies.attempts(3), (taskId, outcome) -> {});
    }
}
