package dev.pipelinebox.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.internal.bootstrap.FaultPlan;
import dev.pipelinebox.internal.bootstrap.FaultPlan.Kind;
import dev.pipelinebox.internal.bootstrap.FaultPlan.TaskFault;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultInjectorTest {

    private static final TaskFault ALWAYS = new TaskFault(3, Kind.CRASH, 0, false);
    private static final TaskFault ONCE = new TaskFault(5, Kind.EXIT, 42, true);

    /** Remembers which faults were injected. */
    private static final class RecordingEnvironment implements WorkerEnvironment {
        private final List<TaskFault> injected = new ArrayList<>();

        @Override
        public Thread taskThread(Runnable tasks) {
            throw new AssertionError();
        }

        @Override
        public void onStopped() {
            throw new AssertionError();
        }

        @Override
        public void onUnstartable(Throwable problem) {
            throw new AssertionError();
        }

        @Override
        public void onMasterLost() {
            throw new AssertionError();
        }

        @Override
        public void inject(TaskFault fault) {
            injected.add(fault);
        }
    }

    private final RecordingEnvironment environment = new RecordingEnvironment();

    @Test
    void injectsNothingIfThereAreNoFaults() {
        FaultInjector none = new FaultInjector(FaultPlan.NONE, environment);

        assertThat(none.inject(task(1, 1))).isFalse();
        assertThatCode(() -> none.beforeStart(1)).doesNotThrowAnyException();
    }

    @Test
    void injectsIntoEachAttemptOfTheConfiguredTaskAndNoOther() {
        FaultInjector faults = injector(ALWAYS, ONCE);

        assertThat(faults.inject(task(3, 1))).isTrue();
        assertThat(faults.inject(task(3, 2))).isTrue();
        assertThat(faults.inject(task(4, 1))).isFalse();
        assertThat(environment.injected).containsExactly(ALWAYS, ALWAYS);
    }

    @Test
    void injectsIntoTheFirstAttemptOnlyIfConfiguredSo() {
        FaultInjector faults = injector(ALWAYS, ONCE);

        assertThat(faults.inject(task(5, 1))).isTrue();
        assertThat(faults.inject(task(5, 2))).isFalse();
        assertThat(environment.injected).containsExactly(ONCE);
    }

    @Test
    void injectsTheFirstThatFits() {
        TaskFault later = new TaskFault(5, Kind.HANG, 0, false);
        FaultInjector faults = injector(ONCE, later);

        assertThat(faults.inject(task(5, 1))).isTrue();
        assertThat(faults.inject(task(5, 2))).isTrue();
        assertThat(environment.injected).containsExactly(ONCE, later);
    }

    @Test
    void failsTheFirstStartsAndNamesTheKey() {
        FaultInjector faults = new FaultInjector(new FaultPlan(List.of(), 2, 0), environment);

        assertThatThrownBy(() -> faults.beforeStart(2)).hasMessageContaining("pipelinebox.test.failing-starts = 2");
        assertThatCode(() -> faults.beforeStart(3)).doesNotThrowAnyException();
    }

    private FaultInjector injector(TaskFault... faults) {
        return new FaultInjector(new FaultPlan(List.of(faults), 0, 0), environment);
    }

    private static RunningTask task(long id, int attempt) {
        return new RunningTask(TaskEnvelope.of(id, attempt, null), 0, 0);
    }
}
