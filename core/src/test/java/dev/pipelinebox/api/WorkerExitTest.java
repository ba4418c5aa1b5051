package dev.pipelinebox.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerExitTest {

    private static final WorkerExit HERE =
            new WorkerExit(7, 1, WorkerExit.Cause.EXIT_CALLED, "exited with code 1", "", "", "");

    @Test
    void namesTheMachineUnlessItIsTheMastersOwn() {
        assertThat(HERE.host()).isEqualTo(HostHandle.LOCAL);
        assertThat(HERE).hasToString("process 7 ended: exited with code 1");
        assertThat(HERE.withHost("b")).hasToString("process 7 on host b ended: exited with code 1");
    }

    @Test
    void keepsTheMachineInAllCopies() {
        WorkerExit there = HERE.withHost("b");

        assertThat(there.stopped().host()).isEqualTo("b");
        assertThat(there.withThreadDump("main").host()).isEqualTo("b");
    }

    @Test
    void theDossierAndItsExceptionNameTheLastMachine() {
        CrashDossier dossier = new CrashDossier(List.of(attempt(1, HERE), attempt(2, HERE.withHost("b"))));

        assertThat(dossier.host()).isEqualTo("b");
        assertThat(new WorkerLostException("lost", dossier).host()).isEqualTo("b");
        assertThat(dossier.attempts().get(0).toString()).startsWith("attempt 1 on worker 5 at ");
        assertThat(dossier.attempts().get(1).toString()).startsWith("attempt 2 on worker 5 of host b at ");
    }

    private static TaskAttempt attempt(int number, WorkerExit exit) {
        return new TaskAttempt(number, 5, Instant.EPOCH, Duration.ofSeconds(1), exit);
    }
}
