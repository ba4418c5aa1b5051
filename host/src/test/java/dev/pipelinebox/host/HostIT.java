package dev.pipelinebox.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pipelinebox.Master;
import dev.pipelinebox.api.HostHandle;
import dev.pipelinebox.api.HostState;
import dev.pipelinebox.api.Hosts;
import dev.pipelinebox.api.Keys;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.Worker;
import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.api.WorkerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in its jar, as processes of this machine that join a master in this JVM. */
class HostIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int TASKS = 200;
    private static final int TASK_MILLIS = 50;

    @TempDir
    private Path folder;

    private final List<PoolEvent> events = new CopyOnWriteArrayList<>();
    private final List<Process> programs = new ArrayList<>();
    private Path invitation;
    private Master<Integer, Long> master;

    /** Sleeps, and tells its process. */
    public static final class Pid implements Worker<Integer, Long> {

        /** Builds it. */
        public Pid() {}

        @Override
        public Long runTask(Integer millis) throws InterruptedException {
            Thread.sleep(millis);
            return ProcessHandle.current().pid();
        }
    }

    @BeforeEach
    void start() throws Exception {
        Process keys = run("keys", "create", folder.resolve("keys").toString());
        assertThat(keys.waitFor()).as(output("keys")).isZero();
        invitation = folder.resolve("join.pbx");
        master = Master.of(Pid.class)
                .monitor(new TaskMonitor() {
                    @Override
                    public void onEvent(PoolEvent event) {
                        events.add(event);
                    }
                })
                .hosts(Hosts.listen("127.0.0.1", 0, Keys.load(folder.resolve("keys")))
                        .invitationFile(invitation)
                        .withLocal(false))
                .start();
    }

    @AfterEach
    void stop() throws Exception {
        master.close();
        for (Process program : programs) {
            program.destroyForcibly().waitFor();
        }
    }

    @Test
    void theTasksOfAKilledHostRunOnAnotherAndOneThatIsAskedToEndFinishesItsOwn() throws Exception {
        Process first = join("first");
        List<WorkerHandle> workers = new ArrayList<>(master.addWorkers(1, null, WorkerOptions.defaults()));
        Process second = join("second");
        workers.addAll(master.addWorkers(1));
        workers.forEach(
                worker -> assertThat(worker.ready().toCompletableFuture()).succeedsWithin(PATIENCE));
        assertThat(workers.get(0).host()).isEqualTo("first");
        assertThat(workers.get(1).host()).isEqualTo("second");
        long killed = workers.get(0).pid();

        List<TaskResult<Long>> results = new ArrayList<>();
        for (TaskResult<Long> result : master.runAll(Collections.nCopies(TASKS, TASK_MILLIS))) {
            results.add(result);
            if (results.size() == TASKS / 4) {
                first.destroyForcibly().waitFor();
            }
        }

        assertThat(results).hasSize(TASKS).allMatch(result -> result.value() > 0);
        assertThat(results.stream().map(TaskResult::taskId)).doesNotHaveDuplicates();
        assertThat(ProcessHandle.of(killed).filter(ProcessHandle::isAlive)).isEmpty();
        await().atMost(PATIENCE)
                .until(() -> events.stream()
                        .anyMatch(event -> event instanceof PoolEvent.HostLost lost
                                && lost.host().equals("first")));
        assertThat(workers.get(0).host()).isEqualTo("second");

        second.destroy();
        assertThat(second.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(ExitCode.DRAINED.code());

        Process third = join("third");
        master.close();
        assertThat(third.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(third.exitValue()).as(output("cache-third")).isZero();
    }

    @Test
    void anInvitationOfAnotherClusterIsRefusedWithTheCause() throws Exception {
        Keys.create(folder.resolve("other"));
        String port = Files.readString(invitation)
                .lines()
                .filter(line -> line.startsWith("master:"))
                .map(line -> line.substring(line.lastIndexOf(':') + 1))
                .findFirst()
                .orElseThrow();

        Process stranger = run(
                "join",
                "127.0.0.1:" + port,
                "--invitation",
                folder.resolve("other").resolve("invitation.pbx").toString(),
                "--name",
                "stranger");

        assertThat(stranger.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(stranger.exitValue()).isEqualTo(ExitCode.NOT_LET_IN.code());
        assertThat(output("stranger")).contains("another cluster");
        assertThat(master.hosts()).isEmpty();
    }

    @Test
    void aMasterWithoutHostsRefusesAWorkerThatAsksForOne() {
        try (Master<Integer, Long> alone = Master.of(Pid.class).start()) {
            assertThatThrownBy(
                            () -> alone.addWorker(null, WorkerOptions.defaults().withHost("b")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("host b", "no hosts");
        }
    }

    @Test
    void aMasterThatHostsDoNotJoinInTimeDoesNotStart() {
        Hosts hosts =
                Hosts.listen("127.0.0.1", 0, Keys.load(folder.resolve("keys"))).atLeast(2, Duration.ofMillis(200));

        assertThatThrownBy(() -> Master.of(Pid.class).hosts(hosts).start())
                .isInstanceOf(NoWorkerException.class)
                .hasMessageContaining("Only 0 of 2 hosts joined within");
    }

    private Process join(String name) throws Exception {
        Process host = run(
                "join",
                "--invitation",
                invitation.toString(),
                "--name",
                name,
                "--cache",
                folder.resolve("cache-" + name).toString());
        await().atMost(PATIENCE)
                .until(() -> master.hosts().stream()
                        .filter(one -> one.name().equals(name))
                        .map(HostHandle::state)
                        .anyMatch(HostState.SUITABLE::equals));
        return host;
    }

    private Process run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Path.of("target", "pipelinebox-host.jar").toString()));
        command.addAll(List.of(arguments));
        Process program = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(arguments[arguments.length - 1]).toFile())
                .start();
        programs.add(program);
        return program;
    }

    private String output(String name) throws Exception {
        return Files.readString(log(name));
    }

    private Path log(String last) {
        return folder.resolve("log-" + Path.of(last).getFileName());
    }
}
