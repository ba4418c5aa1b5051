package dev.pipelinebox.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrashDossierTest {

    private static final TaskAttempt FIRST = attempt(1, "killed by signal 9");
    private static final TaskAttempt SECOND = attempt(2, "exit code 3");

    @Test
    void isAboutAtLeastOneAttempt() {
        assertThatThrownBy(() -> new CrashDossier(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isNotChangedByItsListOfAttempts() {
        List<TaskAttempt> attempts = new ArrayList<>(List.of(FIRST));
        CrashDossier dossier = new CrashDossier(attempts);
        attempts.clear();

        assertThat(dossier.attempts()).containsExactly(FIRST);
    }

    @Test
    void hasTheLastExit() {
        assertThat(new CrashDossier(List.of(FIRST, SECOND)).exit()).isEqualTo(SECOND.exit());
    }

    @Test
    void tellsOfEachAttemptAndOfTheLastExitInFull() {
        assertThat(new CrashDossier(List.of(FIRST, SECOND)).toString())
                .hasLineCount(4)
                .contains("attempt 1 on worker 4", "after 1500 ms: killed by signal 9")
                .contains("attempt 2 on worker 4", "after 1500 ms: exit code 3")
                .endsWith(SECOND.exit().toString());
    }

    @Test
    void canBeSerializedWithTheExceptionThatHasIt() throws Exception {
        CrashDossier dossier = new CrashDossier(List.of(FIRST, SECOND));
        TaskTimeoutException thrown = new TaskTimeoutException("too long", TaskTimeoutException.Limit.HARD, dossier);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(thrown);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            TaskTimeoutException read = (TaskTimeoutException) in.readObject();
            assertThat(read.dossier()).contains(dossier);
            assertThat(read.limit()).isEqualTo(TaskTimeoutException.Limit.HARD);
        }
    }

    private static TaskAttempt attempt(int number, String reason) {
        WorkerExit exit =
                new WorkerExit(100 + number, 1, WorkerExit.Cause.EXIT_CALLED, reason, "its last words", "", "");
        return new TaskAttempt(number, 4, Instant.EPOCH, Duration.ofMillis(1500), exit);
    }
}
