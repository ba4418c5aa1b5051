package dev.pipelinebox.internal.launch.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.api.WorkerExit.Cause;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class ExitDiagnosisTest {

    private static final String HEAP = "Terminating due to java.lang.OutOfMemoryError: Java heap space";
    private static final String CRASH = """
            # A fatal error has been detected by the Java Runtime Environment:
            #
            # Problematic frame:
            # C  [libfoo.so+0x12]  bar+0x5
            #""";

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 77, 255})
    void anExitCodeIsAnExit(int code) {
        WorkerExit exit = exit(code, "", "", "");

        assertThat(exit.cause()).isEqualTo(Cause.EXIT_CALLED);
        assertThat(exit.reason()).isEqualTo("exited with code " + code);
        assertThat(exit.signal()).isEmpty();
    }

    @Test
    void aSignalThatWasNotSentByTheMasterIsFromOutside() {
        WorkerExit exit = exit(143, "", "", "");

        assertThat(exit.cause()).isEqualTo(Cause.KILLED_FROM_OUTSIDE);
        assertThat(exit.signal()).isEqualTo(OptionalInt.of(15));
        assertThat(exit.reason()).contains("killed by signal 15 (SIGTERM)").doesNotContain("memory");
    }

    @Test
    void kill9FromOutsideMayBeForWantOfMemory() {
        assertThat(exit(137, "", "", "").reason())
                .contains("killed by signal 9 (SIGKILL)")
                .contains("want of memory");
    }

    @Test
    void theMastersReasonIsNamed() {
        WorkerExit exit = exit(137, "it hung", "", "");

        assertThat(exit.cause()).isEqualTo(Cause.KILLED_BY_MASTER);
        assertThat(exit.reason()).isEqualTo("killed by the master: it hung");
    }

    @Test
    void aKillThatCameTooLateIsNotTheCause() {
        assertThat(exit(77, "it hung", "", "").cause()).isEqualTo(Cause.EXIT_CALLED);
        assertThat(exit(134, "it hung", "", CRASH).cause()).isEqualTo(Cause.NATIVE_CRASH);
    }

    @Test
    void aWorkerThatLostItsMasterWasNotKilledByASignal() {
        WorkerExit exit = exit(243, "", "", "");

        assertThat(exit.cause()).isEqualTo(Cause.KILLED_BY_MASTER);
        assertThat(exit.reason()).contains("lost its master");
    }

    @Test
    void outOfMemoryNamesWhichAndTheRemedy() {
        assertThat(exit(3, "", HEAP, "").cause()).isEqualTo(Cause.OUT_OF_MEMORY);
        assertThat(exit(3, "", HEAP, "").reason())
                .startsWith("out of memory (Java heap space)")
                .contains("WorkerOptions.withHeap");
        assertThat(exit(3, "", HEAP.replace("Java heap space", "Metaspace"), "").reason())
                .startsWith("out of memory (Metaspace)")
                .contains("-XX:MaxMetaspaceSize");
        assertThat(exit(3, "", "", "").cause()).isEqualTo(Cause.EXIT_CALLED);
    }

    @Test
    void aCrashNamesTheFrame() {
        WorkerExit exit = exit(134, "", "", CRASH);

        assertThat(exit.cause()).isEqualTo(Cause.NATIVE_CRASH);
        assertThat(exit.reason()).isEqualTo("the JVM crashed in C  [libfoo.so+0x12]  bar+0x5");
        assertThat(exit.crashReport()).isEqualTo(CRASH);
    }

    @Test
    void aCrashWhoseReportIsElsewhereIsSeenByTheOutput() {
        assertThat(new ExitDiagnosis(134, "", CRASH, "", "").of(1).cause()).isEqualTo(Cause.NATIVE_CRASH);
        assertThat(exit(134, "", "", "").cause()).isEqualTo(Cause.KILLED_FROM_OUTSIDE);
    }

    @Test
    void stoppingIsTheWeakestCause() {
        assertThat(exit(0, "", "", "").stopped().cause()).isEqualTo(Cause.STOPPED);
        assertThat(exit(0, "", "", "").stopped().reason()).isEqualTo("stopped by the master");
        assertThat(exit(137, "", "", "").stopped().cause()).isEqualTo(Cause.KILLED_FROM_OUTSIDE);
        assertThat(exit(3, "", HEAP, "").stopped().cause()).isEqualTo(Cause.OUT_OF_MEMORY);
    }

    @Test
    void readsFromTheHeadOverTheOutputToTheCrash() {
        WorkerExit exit = new WorkerExit(7, 134, Cause.NATIVE_CRASH, "the JVM crashed", "last\n", "x".repeat(9000), "");

        assertThat(exit)
                .hasToString("process 7 ended: the JVM crashed; its last output:\nlast\nthe JVM's crash report:\n"
                        + "x".repeat(4096) + " …");
        assertThat(exit.withThreadDump("stacks").threadDump()).isEqualTo("stacks");
    }

    @Test
    void aCrashReportEndsBeforeTheDumps() {
        assertThat(CrashReport.summary("# head\n\nStack:\nJava frames:\nj  A.b()V\n\nRegisters:\nRAX=0"))
                .isEqualTo("# head\n\nStack:\nJava frames:\nj  A.b()V");
    }

    private static WorkerExit exit(int code, String killReason, String outOfMemory, String crash) {
        return new ExitDiagnosis(code, killReason, "", outOfMemory, crash).of(7);
    }
}
