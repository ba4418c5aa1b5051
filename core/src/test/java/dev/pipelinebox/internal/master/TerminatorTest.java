package dev.pipelinebox.internal.master;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.internal.launch.WorkerProcess;
import dev.pipelinebox.internal.link.WorkerLink;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.pool.Deadlines;
import dev.pipelinebox.internal.pool.Deadlines.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The process and the link record what is done to them. */
class TerminatorTest {

    private final List<String> done = new ArrayList<>();
    private final CompletableFuture<WorkerProcess> launching = new CompletableFuture<>();
    private final ProcessState process = new ProcessState(launching);
    private final RecordedLink link = new RecordedLink();
    private final Deadlines deadlines = new Deadlines();
    private final Terminator terminator = new Terminator(deadlines, link, process, Engines.settings());

    @Test
    void aProcessIsKilledAfterItsThreadDump() {
        launch();

        terminator.dumpAndKill("it ran longer than 1 s");
        assertThat(done).containsExactly("dump");

        terminator.onThreadDump("\"main\" RUNNABLE");
        assertThat(done).containsExactly("dump", "kill: it ran longer than 1 s");
    }

    @Test
    void aProcessIsKilledWithoutItsThreadDumpIfThatDoesNotCome() {
        launch();
        terminator.dumpAndKill("it ran longer than 1 s");

        terminator.onExpired(Deadline.THREAD_DUMP);

        assertThat(done).containsExactly("dump", "kill: it ran longer than 1 s");
    }

    @Test
    void aProcessThatHasNotConnectedIsKilledAtOnce() {
        link.isOpen = false;
        launch();

        terminator.dumpAndKill("it was not ready");

        assertThat(done).containsExactly("kill: it was not ready");
    }

    @Test
    void theFirstReasonStaysIfTheGraceForItsStopEndsDuringTheThreadDump() {
        launch();
        terminator.dumpAndKill("it ran longer than 1 s");

        terminator.onExpired(Deadline.STOP);

        assertThat(done).containsExactly("dump", "kill: it ran longer than 1 s");
    }

    @Test
    void aSecondReasonAsksForNoSecondThreadDump() {
        launch();
        terminator.dumpAndKill("it ran longer than 1 s");

        terminator.dumpAndKill("it ran longer than 2 s");

        assertThat(done).containsExactly("dump");
    }

    @Test
    void aProcessThatIsLaunchedAfterTheDecisionIsKilledForItsReason() {
        link.isOpen = false;
        terminator.kill("it was stopped before it was ready");
        assertThat(done).isEmpty();

        launch();

        assertThat(done).containsExactly("kill: it was stopped before it was ready");
    }

    @Test
    void aProcessThatIsGoneIsNotKilled() {
        launch();
        process.onExited(new WorkerExit(1, 0, WorkerExit.Cause.EXIT_CALLED, "a test says so", "", "", ""));

        terminator.kill("it did not answer");

        assertThat(done).isEmpty();
    }

    @Test
    void aProcessThatDoesNotEndAfterAKillIsNoLongerWaitedFor() {
        launch();
        terminator.kill("it did not answer");
        long now = 0;
        assertThat(deadlines.expired(now)).isEmpty();
        assertThat(deadlines.expired(now + Terminator.KILL_TIMEOUT.toNanos())).containsExactly(Deadline.KILL);

        terminator.onExpired(Deadline.KILL);

        assertThat(process.isLost()).isTrue();
    }

    private void launch() {
        WorkerProcess launched = new RecordedProcess(done);
        launching.complete(launched);
        process.onLaunched(launched);
    }

    private final class RecordedLink implements WorkerLink<MasterToWorker> {
        private boolean isOpen = true;

        @Override
        public boolean isOpen() {
            return isOpen;
        }

        @Override
        public void send(MasterToWorker message) {
            assertThat(message).isInstanceOf(MasterToWorker.DumpThreads.class);
            done.add("dump");
        }

        @Override
        public void onTick() {}

        @Override
        public boolean isIdle() {
            return true;
        }

        @Override
        public boolean isQuiet() {
            return true;
        }

        @Override
        public long waitingBytes() {
            return 0;
        }

        @Override
        public void close() {}
    }
}
