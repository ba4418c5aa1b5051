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

    private final Quarantine quarantine = new Quarantine(3, 1 << 20);

    @Test
    void keepsTaskErrorAndTime() {
        Instant before = Instant.now();
        Task task = task(1);

        quarantine.add(task, ERROR);

        assertThat(quarantine.patients()).singleElement().satisfies(patient -> {
            assertThat(patient.task()).isSameAs(task);
            assertThat(patient.error()).isSameAs(ERROR);
            assertThat(patient.since()).isBetween(before, Instant.now());
        });
    }

    @Test
    void keepsThemInTheOrderInWhichTheyWereGivenUp() {
        add(2, 1, 3);

        assertThat(quarantine.patients())
                .extracting(patient -> patient.task().id())
                .containsExactly(2L, 1L, 3L);
    }

    @Test
    void hasTheOldestMakeRoom() {
        add(1, 2, 3, 4, 5);

        assertThat(quarantine.patients())
                .extracting(patient -> patient.task().id())
                .containsExactly(3L, 4L, 5L);
        assertThat(quarantine.release(2)).isEmpty();
    }

    @Test
    void letsOneOutOnce() {
        add(1, 2);

        assertThat(quarantine.release(1))
                .hasValueSatisfying(patient -> assertThat(patient.task().id()).isEqualTo(1));
        assertThat(quarantine.release(1)).isEmpty();
        assertThat(quarantine.patients())
                .extracting(patient -> patient.task().id())
                .containsExactly(2L);
    }

    @Test
    void knowsNothingOfOthers() {
        assertThat(quarantine.release(99)).isEmpty();
    }

    @Test
    void showsWhoWasInItWhenItWasAsked() {
        add(1);
        var shown = quarantine.patients();
        add(2);

        assertThat(shown).hasSize(1);
    }

    @Test
    void keepsNobodyIfItIsSwitchedOff() {
        Quarantine none = new Quarantine(0, 1 << 20);

        none.add(task(1), ERROR);

        assertThat(none.patients()).isEmpty();
        assertThat(none.release(1)).isEmpty();
    }

    @Test
    void hasTheOldestMakeRoomForTheBytesOfNewOnes() {
        Quarantine small = new Quarantine(10, 100);
        small.add(task(1, 40), ERROR);
        small.add(task(2, 40), ERROR);
        small.add(task(3, 20), ERROR);
        assertThat(ids(small)).as("just enough").containsExactly(1L, 2L, 3L);

        small.add(task(4, 41), ERROR);
        assertThat(ids(small)).containsExactly(3L, 4L);
    }

    @Test
    void hasRoomAgainForTheBytesOfThoseWhoAreOut() {
        Quarantine small = new Quarantine(10, 100);
        small.add(task(1, 60), ERROR);
        small.add(task(2, 40), ERROR);
        small.release(1);
        small.release(1);
        small.release(99);

        small.add(task(3, 60), ERROR);
        assertThat(ids(small)).containsExactly(2L, 3L);
        small.add(task(4, 1), ERROR);
        assertThat(ids(small)).containsExactly(3L, 4L);
    }

    @Test
    void keepsTheLastOneHoweverLargeButNoOtherBesideIt() {
        Quarantine small = new Quarantine(10, 100);

        small.add(task(1, 1), ERROR);
        small.add(task(2, 101), ERROR);
        assertThat(ids(small)).containsExactly(2L);

        small.add(task(3, 1), ERROR);
        assertThat(ids(small)).containsExactly(3L);
    }

    private static List<Long> ids(Quarantine quarantine) {
        return quarantine.patients().stream()
                .map(patient -> patient.task().id())
                .toList();
    }

    private void add(long... ids) {
        for (long id : ids) {
            quarantine.add(task(id), ERROR);
        }
    }

    private static Task task(long id) {
        return new Task(id, null, Policies.attempts(3), (taskId, outcome) -> {});
    }

    private static Task task(long id, int bytes) {
        return new Task(id, new byte[bytes], Policies.attempts(3), (taskId, outcome) -> {});
    }
}
