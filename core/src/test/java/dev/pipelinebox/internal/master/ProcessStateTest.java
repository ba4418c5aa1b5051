package dev.pipelinebox.internal.master;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.api.WorkerExit.Cause;
import dev.pipelinebox.internal.launch.WorkerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ProcessStateTest {

    private final List<String> done = new ArrayList<>();
    private final WorkerProcess recorded = new RecordedProcess(done);
    private final CompletableFuture<WorkerProcess> launching = new CompletableFuture<>();
    private final ProcessState process = new ProcessState(launching);

    @Test
    void isNotGoneBeforeItHasExited() {
        assertThat(process.isGone()).isFalse();
        assertThat(process.exit()).isEmpty();

        launch();
        assertThat(process.isGone()).isFalse();
    }

    @Test
    void isKilledAtOnceIfItIsThere() {
        launch();

        kill("too slow");

        assertThat(done).containsExactly("kill: too slow");
    }

    @Test
    void isKilledAsSoonAsItIsLaunched() {
        kill("too slow");
        assertThat(done).isEmpty();

        launch();

        assertThat(done).containsExactly("kill: too slow");
    }

    @Test
    void isKilledAtItsLaunchForTheFirstReason() {
        kill("too slow");
        kill("no longer wanted");

        launch();

        assertThat(done).containsExactly("kill: too slow");
    }

    @Test
    void isKilledAtItsLaunchIfThatWasDecidedMeanwhile() {
        process.terminate("too slow");

        launch();

        assertThat(done).containsExactly("kill: too slow");
    }

    @Test
    void isTerminatedForTheFirstReasonOnly() {
        assertThat(process.isTerminating()).isFalse();
        assertThat(process.terminate("too slow")).isTrue();
        assertThat(process.terminate("no longer wanted")).isFalse();

        assertThat(process.isTerminating()).isTrue();
    }

    @Test
    void isLeftAloneAtItsLaunchIfItIsNotTerminated() {
        launch();

        assertThat(done).isEmpty();
    }

    @Test
    void isToldItsIndex() {
        launch();

        process.assign(3);

        assertThat(done).containsExactly("assign: 3");
    }

    @Test
    void hasExitedAsItDid() {
        WorkerExit exit = exit(Cause.KILLED_FROM_OUTSIDE);

        process.onExited(exit);

        assertThat(process.isGone()).isTrue();
        assertThat(process.exit()).contains(exit);
    }

    @Test
    void hasStoppedIfItSaidSo() {
        process.onStopped();
        process.onExited(exit(Cause.EXIT_CALLED));

        assertThat(process.exit())
                .hasValueSatisfying(exit -> assertThat(exit.cause()).isEqualTo(Cause.STOPPED));
    }

    @Test
    void hasNotStoppedIfItSaidNothing() {
        process.onExited(exit(Cause.EXIT_CALLED));

        assertThat(process.exit())
                .hasValueSatisfying(exit -> assertThat(exit.cause()).isEqualTo(Cause.EXIT_CALLED));
    }

    @Test
    void hasNotStoppedIfItWasKilledOnItsWay() {
        process.onStopped();
        process.onExited(exit(Cause.KILLED_BY_MASTER));

        assertThat(process.exit())
                .hasValueSatisfying(exit -> assertThat(exit.cause()).isEqualTo(Cause.KILLED_BY_MASTER));
    }

    @Test
    void hasItsThreadDumpInItsExit() {
        process.onThreadDump("\"main\" RUNNABLE");
        process.onExited(exit(Cause.KILLED_BY_MASTER));

        assertThat(process.exit())
                .hasValueSatisfying(exit -> assertThat(exit.threadDump()).isEqualTo("\"main\" RUNNABLE"));
    }

    @Test
    void isKilledWhenItIsAbandonedBeforeItsLaunch() {
        process.abandon("the master is gone");
        assertThat(done).isEmpty();

        launching.complete(recorded);

        assertThat(done).containsExactly("kill: the master is gone");
    }

    @Test
    void isLeftAloneWhenItIsAbandonedAfterItsExit() {
        launch();
        process.onExited(exit(Cause.EXIT_CALLED));

        process.abandon("the master is gone");

        assertThat(done).isEmpty();
    }

    @Test
    void isNotWaitedForAnyMoreWhenAKillDoesNotEndIt() {
        launch();
        kill("too slow");
        process.onThreadDump("\"main\" RUNNABLE");

        process.onNotEnding();

        assertThat(process.exit()).hasValueSatisfying(exit -> {
            assertThat(exit.cause()).isEqualTo(Cause.UNSEEN);
            assertThat(exit.reason()).contains("too slow", "its end was not seen");
            assertThat(exit.threadDump()).isEqualTo("\"main\" RUNNABLE");
        });
    }

    @Test
    void isKilledIfItIsLaunchedWhenItIsNoLongerWaitedFor() {
        kill("no longer wanted");
        process.onNotEnding();
        assertThat(process.exit()).isEmpty();

        launching.complete(recorded);

        assertThat(done).containsExactly("kill: no longer wanted");
    }

    private void kill(String reason) {
        process.terminate(reason);
        process.kill();
    }

    private void launch() {
        launching.complete(recorded);
        process.onLaunched(recorded);
    }

    private static WorkerExit exit(Cause cause) {
        return new WorkerExit(1, 0, cause, "a test says so", "", "", "");
    }
}
