package dev.pipelinebox.internal.master;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.api.WorkerExit.Cause;
import dev.pipelinebox.internal.launch.WorkerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ProcessStateTest {

    private final Recorded recorded = new Recorded();
    private final CompletableFuture<WorkerProcess> launching = new CompletableFuture<>();
    private final ProcessState held = new ProcessState(launching);

    @Test
    void isNotGoneBeforeItHasExited() {
        assertThat(held.isGone()).isFalse();
        assertThat(held.exit()).isEmpty();

        launch();
        assertThat(held.isGone()).isFalse();
    }

    @Test
    void isKilledAtOnceIfItIsThere() {
        launch();

        held.kill("too slow");

        assertThat(recorded.done).containsExactly("kill: too slow");
    }

    @Test
    void isKilledAsSoonAsItIsLaunched() {
        held.kill("too slow");
        assertThat(recorded.done).isEmpty();

        launch();

        assertThat(recorded.done).containsExactly("kill: too slow");
    }

    @Test
    void isKilledAtItsLaunchForTheFirstReason() {
        held.kill("too slow");
        held.kill("no longer wanted");

        launch();

        assertThat(recorded.done).containsExactly("kill: too slow");
    }

    @Test
    void isLeftAloneAtItsLaunchIfNobodyKillsIt() {
        launch();

        assertThat(recorded.done).isEmpty();
    }

    @Test
    void isToldItsNumber() {
        launch();

        held.assign(3);

        assertThat(recorded.done).containsExactly("assign: 3");
    }

    @Test
    void hasExitedAsItDid() {
        WorkerExit exit = exit(Cause.KILLED_FROM_OUTSIDE);

        held.onExited(exit);

        assertThat(held.isGone()).isTrue();
        assertThat(held.exit()).contains(exit);
    }

    @Test
    void hasStoppedIfItSaidSo() {
        held.onStopped();
        held.onExited(exit(Cause.EXIT_CALLED));

        assertThat(held.exit())
                .hasValueSatisfying(exit -> assertThat(exit.cause()).isEqualTo(Cause.STOPPED));
    }

    @Test
    void hasNotStoppedIfItSaidNothing() {
        held.onExited(exit(Cause.EXIT_CALLED));

        assertThat(held.exit())
                .hasValueSatisfying(exit -> assertThat(exit.cause()).isEqualTo(Cause.EXIT_CALLED));
    }

    @Test
    void hasNotStoppedIfItWasKilledOnItsWay() {
        held.onStopped();
        held.onExited(exit(Cause.KILLED_BY_MASTER));

        assertThat(held.exit())
                .hasValueSatisfying(exit -> assertThat(exit.cause()).isEqualTo(Cause.KILLED_BY_MASTER));
    }

    @Test
    void hasThePictureOfItsThreadsInItsExit() {
        held.onThreadDump("\"main\" RUNNABLE");
        held.onExited(exit(Cause.KILLED_BY_MASTER));

        assertThat(held.exit())
                .hasValueSatisfying(exit -> assertThat(exit.threadDump()).isEqualTo("\"main\" RUNNABLE"));
    }

    @Test
    void isKilledWhenItIsAbandonedBeforeItsLaunch() {
        held.abandon("nobody is left");
        assertThat(recorded.done).isEmpty();

        launching.complete(recorded);

        assertThat(recorded.done).containsExactly("kill: nobody is left");
    }

    @Test
    void isLeftAloneWhenItIsAbandonedAfterItsExit() {
        launch();
        held.onExited(exit(Cause.EXIT_CALLED));

        held.abandon("nobody is left");

        assertThat(recorded.done).isEmpty();
    }

    @Test
    void isNotWaitedForAnyMoreWhenAKillDoesNotEndIt() {
        launch();
        held.kill("too slow");
        held.onThreadDump("\"main\" RUNNABLE");

        held.onNotEnding();

        assertThat(held.exit()).hasValueSatisfying(exit -> {
            assertThat(exit.cause()).isEqualTo(Cause.UNSEEN);
            assertThat(exit.reason()).contains("too slow", "its end was not seen");
            assertThat(exit.threadDump()).isEqualTo("\"main\" RUNNABLE");
        });
    }

    @Test
    void isKilledIfItIsLaunchedAfterNobodyWaitsForItAnyMore() {
        held.kill("no longer wanted");
        held.onNotEnding();
        assertThat(held.exit()).isEmpty();

        launching.complete(recorded);

        assertThat(recorded.done).containsExactly("kill: no longer wanted");
    }

    private void launch() {
        launching.complete(recorded);
        held.onLaunched(recorded);
    }

    private static WorkerExit exit(Cause cause) {
        return new WorkerExit(1, 0, cause, "a test says so", "", "", "");
    }

    /** Remembers what is done to it. */
    private static final class Recorded implements WorkerProcess {
        private final List<String> done = new ArrayList<>();

        @Override
        public long pid() {
            return 1;
        }

        @Override
        public CompletionStage<Void> onEnd() {
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<WorkerExit> onExit() {
            return new CompletableFuture<>();
        }

        @Override
        public void assign(int workerIndex) {
            done.add("assign: " + workerIndex);
        }

        @Override
        public void kill(String reason) {
            done.add("kill: " + reason);
        }
    }
}
