package dev.pipelinebox.it;

import static dev.pipelinebox.it.Pools.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.api.WorkerExit.Cause;
import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.api.WorkerLostException;
import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.internal.os.Capability;
import dev.pipelinebox.internal.os.ProcessTree;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is told of a worker's end, and what is left of it, with real processes. */
@ExtendWith(NoProcessLeft.class)
class ProcessIT {

    @Test
    @EnabledOnOs(OS.LINUX)
    void aWorkerThatExitsLeavesNoOrphan() {
        WorkerExit exit = endOf("orphan-and-exit", WorkerOptions.defaults());

        assertThat(exit.cause()).isEqualTo(Cause.EXIT_CALLED);
        assertThat(exit.exitCode()).isEqualTo(5);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatAKilledWorkerLeftBehindIsGoneWhileTheMasterGoesOn() {
        try (Master<String, Object> master = Master.of(Workers.Faulty.class).start()) {
            WorkerHandle worker = master.addWorker();
            assertThat(master.run("orphan").stream().map(TaskResult::value)).containsExactly("survived orphan");
            await().until(() -> sleepers().size() == 1);
            long killed = worker.pid();
            ProcessHandle.of(killed).orElseThrow().destroyForcibly();
            await().until(() -> sleepers().isEmpty());
            await().until(() -> worker.pid() != killed);
            ready(worker);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void afterCloseNoOrphanIsLeft() {
        try (Master<String, Object> master = Master.of(Workers.Faulty.class).start()) {
            master.addWorker();
            master.run("orphan").forEach(TaskResult::value);
            await().until(() -> sleepers().size() == 1);
        }
        assertThat(NoProcessLeft.living()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFamilyEndsWithThoseThatHaveLostTheirParentsAndSessions() throws Exception {
        ProcessTree family = ProcessTree.create();
        Process head = start(family, "(sleep 600 &) ; (setsid sleep 600 &) ; sleep 600 & exec sleep 600");
        await().until(() -> sleepers().size() == 4);

        head.destroyForcibly();
        assertThat(family.end()).isTrue();

        assertThat(sleepers()).isEmpty();
    }

    /** There, those are found that lived while it was looked for them, which is twice a second. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void withoutFilesOfProcessesAFamilyEndsWithThoseThatWereSeenBefore() throws Exception {
        System.setProperty(Capability.WITHOUT, Capability.PROCESS_FILES.name());
        try {
            ProcessTree family = ProcessTree.create();
            Process head = start(family, "sleep 600 & sh -c 'sleep 600 & wait' & sleep 3");

            family.awaitEnd(head);

            assertThat(sleepers()).hasSize(2);
            assertThat(family.end()).isTrue();
            await().until(() -> sleepers().isEmpty());
        } finally {
            System.clearProperty(Capability.WITHOUT);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFamilyEndsThoughItGrowsMeanwhile() throws Exception {
        ProcessTree family = ProcessTree.create();
        Process head = start(family, "while true; do sleep 600 & sleep 0.01; done");
        await().until(() -> sleepers().size() > 5);

        assertThat(family.end()).isTrue();

        assertThat(head.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(NoProcessLeft.living()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFamilyIsNotTakenForAnother() throws Exception {
        ProcessTree one = ProcessTree.create();
        ProcessTree other = ProcessTree.create();
        Process living = start(one, "exec sleep 600");
        start(other, "exec sleep 600");

        assertThat(other.end()).isTrue();

        assertThat(living.isAlive()).isTrue();
        assertThat(one.end()).isTrue();
        assertThat(living.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private static WorkerExit endOf(String task, WorkerOptions options) {
        try (Master<String, Object> master = Master.of(Workers.Faulty.class)
                .config(ConfigFactory.parseString("pipelinebox.task.max-attempts = 1"))
                .start()) {
            master.addWorker(null, options);
            TaskResult<Object> result = master.run(task).iterator().next();
            return Optional.of(result)
                    .map(failure -> (TaskResult.Failure<Object>) failure)
                    .map(failure -> (WorkerLostException) failure.error())
                    .orElseThrow()
                    .exit();
        }
    }

    private static Process start(ProcessTree family, String script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", script);
        family.mark(builder.environment());
        return builder.start();
    }

    private static List<String> sleepers() {
        return NoProcessLeft.living().stream()
                .filter(process -> process.endsWith("sleep 600"))
                .toList();
    }
}
