package dev.pipelinebox.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.api.TaskContext;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.link.message.WorkerToMaster.Progressed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunningTaskTest {

    private final RunningTask task = new RunningTask(TaskEnvelope.of(7, 2, null), 0, 3);

    @AfterEach
    void leave() {
        RunningTask.leave();
    }

    @Test
    void knowsItsNumberAndAttempt() {
        assertThat(task.taskId()).isEqualTo(7);
        assertThat(task.workerIndex()).isEqualTo(3);
        assertThat(task.attempt()).isEqualTo(2);
    }

    @Test
    void isCurrentOnItsThreadFromWhenItIsEnteredUntilItIsLeft() {
        task.enter();
        assertThat(TaskContext.current()).isSameAs(task);

        RunningTask.leave();
        assertThatThrownBy(TaskContext::current).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void isNotCurrentOnOtherThreads() throws InterruptedException {
        task.enter();
        Throwable[] thrown = new Throwable[1];
        Thread other = new Thread(TaskContext::current, "another thread");
        other.setUncaughtExceptionHandler((thread, problem) -> thrown[0] = problem);

        other.start();
        other.join();

        assertThat(thrown[0]).isInstanceOf(IllegalStateException.class).hasMessageContaining("another thread");
    }

    @Test
    void thereIsNoneOutsideOfTasksAndTheErrorTellsTheRemedy() {
        assertThatThrownBy(TaskContext::current)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(
                        "No task runs on the thread " + Thread.currentThread().getName())
                .hasMessageContaining("pass the context on");
    }

    @Test
    void isCancelledOnceItWasCancelled() {
        assertThat(task.isCancelled()).isFalse();

        task.cancel();

        assertThat(task.isCancelled()).isTrue();
    }

    @Test
    void hasNothingToTellBeforeItsFirstProgress() {
        assertThat(task.takeProgress()).isNull();
    }

    @Test
    void tellsOfTheLastProgressOnce() {
        task.progress(0.25, "a quarter");
        task.progress(0.5, "half");

        assertThat(task.takeProgress()).isEqualTo(new Progressed(7, 2, 0.5, "half"));
        assertThat(task.takeProgress()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"-0.5, 0", "0, 0", "0.7, 0.7", "1, 1", "1.01, 1", "NaN, 0", "Infinity, 1", "-Infinity, 0"})
    void takesAFractionOutOfRangeForTheNearest(double fraction, double reported) {
        task.progress(fraction, "");

        assertThat(task.takeProgress()).isEqualTo(new Progressed(7, 2, reported, ""));
    }

    @Test
    void replacesHalfACharacterWhichNoEncodingCanWrite() {
        task.progress(0, "half \uD83D and whole \uD83D\uDE00");
        assertThat(task.takeProgress()).isEqualTo(new Progressed(7, 2, 0, "half ? and whole \uD83D\uDE00"));

        task.progress(0, "x".repeat(999) + "\uD83D\uDE00");
        assertThat(task.takeProgress()).isEqualTo(new Progressed(7, 2, 0, "x".repeat(999) + "?"));
    }

    @Test
    void cutsALongNote() {
        task.progress(0, "x".repeat(1000));
        assertThat(task.takeProgress()).isEqualTo(new Progressed(7, 2, 0, "x".repeat(1000)));

        task.progress(0, "x".repeat(100_000));
        assertThat(task.takeProgress()).isEqualTo(new Progressed(7, 2, 0, "x".repeat(1000)));
    }
}
