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

    /** Remembers what it had to suffer. */
    private static final class Sufferer implements WorkerEnvironment {
        private final List<TaskFault> suffered = new ArrayList<>();

        @Override
        public Thread thread(Runnable tasks) {
            throw new AssertionError();
        }

        @Override
        public void stopped() {
            throw new AssertionError();
        }

        @Override
        public void unstartable(Throwable problem) {
            throw new AssertionError();
        }

        @Override
        public void masterLost() {
            throw new AssertionError();
        }

        @Override
        public void suffer(TaskFault fault) {
            suffered.add(fault);
        }
    }

    private final Sufferer host = new Sufferer();

    @Test
    void strikesNothingIfThereAreNoFaults() {
        FaultInjector none = new FaultInjector(FaultPlan.NONE, host);

        assertThat(none.strike(task(1, 1))).isFalse();
        assertThatCode(() -> none.beforeStart(1)).doesNotThrowAnyException();
    }

    @Test
    void strikesTheTaskThatIsMeantInEachAttemptAndNoOther() {
        FaultInjector faults = injector(ALWAYS, ONCE);

        assertThat(faults.strike(task(3, 1))).isTrue();
        assertThat(faults.strike(task(3, 2))).isTrue();
        assertThat(faults.strike(task(4, 1))).isFalse();
        assertThat(host.suffered).containsExactly(ALWAYS, ALWAYS);
    }

    @Test
    void strikesTheFirstAttemptOnlyIfToldSo() {
        FaultInjector faults = injector(ALWAYS, ONCE);

        assertThat(faults.strike(task(5, 1))).isTrue();
        assertThat(faults.strike(task(5, 2))).isFalse();
        assertThat(host.suffered).containsExactly(ONCE);
    }

    @Test
    void strikesWithTheFirstThatFits() {
        TaskFault later = new TaskFault(5, Kind.HANG, 0, false);
        FaultInjector faults = injector(ONCE, later);

        assertThat(faults.strike(task(5, 1))).isTrue();
        assertThat(faults.strike(task(5, 2))).isTrue();
        assertThat(host.suffered).containsExactly(ONCE, later);
    }

    @Test
    void failsTheFirstStartsWithTheKeyThatOrderedIt() {
        FaultInjector faults = new FaultInjector(new FaultPlan(List.of(), 2, 0), host);

        assertThatThrownBy(() -> faults.beforeStart(2)).hasMessageContaining("pipelinebox.test.failing-starts = 2");
        assertThatCode(() -> faults.beforeStart(3)).doesNotThrowAnyException();
    }

    private FaultInjector injector(TaskFault... faults) {
        return new FaultInjector(new FaultPlan(List.of(faults), 0, 0), host);
    }

    private static TaskEnvelope task(long id, int attempt) {
        return new TaskEnvelope(id, attempt, null);
    }
}
