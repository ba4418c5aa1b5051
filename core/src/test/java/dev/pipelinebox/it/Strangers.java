package dev.pipelinebox.it;

import static dev.pipelinebox.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.typesafe.config.Config;
import dev.pipelinebox.Master;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.WorkerHandle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.slf4j.LoggerFactory;

/** A program of another user that attacks the ports of master and workers changes nothing. */
@EnabledOnOs(OS.LINUX)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Strangers {

    private static final int WORKERS = 4;
    private static final int TASKS = 400;
    private static final int TASK_MILLIS = 20;

    /** The cluster is started some time after the first worker is ready. */
    private static final Duration UNTIL_JOINED = Duration.ofMinutes(2);

    private static final String REFUSED = "did not prove";

    private final PrintStream console = System.out;
    private final ByteArrayOutputStream workersOutput = new ByteArrayOutputStream();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private Master<Integer, Long> master;
    private List<WorkerHandle> workers;
    private List<Long> processes;

    /** Of the master and of one worker. */
    private List<Integer> ports;

    private long begin;

    /** How the workers are reached. */
    abstract Config link();

    @BeforeAll
    void start() {
        System.setOut(new PrintStream(workersOutput, true, StandardCharsets.UTF_8));
        log.start();
        root.addAppender(log);
        List<Integer> before = ListeningPorts.of(ProcessHandle.current().pid());
        master = Master.of(Workers.Pid.class).config(link()).start();
        workers = master.addWorkers(WORKERS);
        Pools.ready(workers);
        processes = workers.stream().map(WorkerHandle::pid).toList();
        await().atMost(UNTIL_JOINED).untilAsserted(() -> {
            ports = new ArrayList<>(ListeningPorts.of(ProcessHandle.current().pid()));
            ports.removeAll(before);
            assertThat(ports).hasSize(1);
            assertThat(processes)
                    .allSatisfy(pid -> assertThat(ListeningPorts.of(pid)).hasSize(1));
        });
        ports.addAll(ListeningPorts.of(processes.get(0)));
        runTasks();
        begin = System.nanoTime();
    }

    /** What the last attack caused may be logged later. */
    @AfterAll
    void stop() {
        checkLog();
        master.close();
        root.detachAppender(log);
        System.setOut(console);
        NoProcessLeft.check(getClass().getSimpleName());
    }

    @Test
    void foreignNodesAreNoMembersAndReachNoActor() throws Exception {
        runTasksBeside("node-without-key", "node-with-another-key");
    }

    @Test
    void whatIsNoHandshakeEndsItsConnection() throws Exception {
        runTasksBeside("garbage");
    }

    @Test
    void handshakesThatDoNotEndCostLittle() throws Exception {
        runTasksBeside("truncated", "byte-a-second");
    }

    /** Where there is no socket, it even registers at the port that is attacked. */
    @Test
    void aFloodOfConnectionsKeepsNoReplacementOut() throws Exception {
        WorkerHandle last = workers.get(WORKERS - 1);
        long killed = last.pid();
        try (Attack flood = attack("flood")) {
            flood.awaitBegin();
            Pools.kill(killed);
            await().atMost(PATIENCE).until(() -> last.pid() != killed);
            Pools.ready(last);
            processes = workers.stream().map(WorkerHandle::pid).toList();
            runTasks();
            assertThat(flood.isOn()).isTrue();
        }
        checkLog();
    }

    @Test
    void aThousandConnectionsThatSayNothingCostLittle() throws Exception {
        runTasksBeside("half-open");
    }

    /** Four hundred of them, while the attacks go on. */
    void runTasksBeside(String... attacks) throws Exception {
        ProcessUsage before = usage();
        List<Attack> running = new ArrayList<>();
        try {
            for (String attack : attacks) {
                running.add(attack(attack));
            }
            running.forEach(Attack::awaitBegin);
            runTasks();
            assertThat(running).allMatch(Attack::isOn).noneMatch(Attack::hasJoined);
            usage().checkBounded(before);
        } finally {
            for (Attack attack : running) {
                attack.close();
            }
        }
        assertThat(processes).allMatch(pid -> ProcessHandle.of(pid).isPresent());
        checkLog();
    }

    private ProcessUsage usage() throws IOException {
        return ProcessUsage.of(processes, processes.get(0));
    }

    private Attack attack(String kind) throws IOException {
        return Attack.start(
                Stream.concat(Stream.of(kind.split(" ")), ports.stream().map(String::valueOf))
                        .toList());
    }

    /**
     * The master and the worker tell of refused connections at most once a minute, and else only of a worker's end. Of one
     * that is reset at once they know after a time.
     */
    private void checkLog() {
        await().atMost(PATIENCE)
                .until(() -> !ofMaster().isEmpty() && !ofWorkers().isEmpty());
        for (List<String> lines : List.of(ofMaster(), ofWorkers())) {
            assertThat(lines).hasSizeLessThanOrEqualTo(minutes()).allMatch(line -> line.contains(REFUSED));
        }
    }

    private List<String> ofMaster() {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> !line.contains("killed by signal 9 (SIGKILL) from outside"))
                .toList();
    }

    private List<String> ofWorkers() {
        return workersOutput
                .toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("[worker "))
                .toList();
    }

    private void runTasks() {
        List<TaskResult<Long>> results = new ArrayList<>();
        master.runAll(Collections.nCopies(TASKS, TASK_MILLIS)).forEach(results::add);
        assertThat(results)
                .hasSize(TASKS)
                .allSatisfy(result -> assertThat(processes).contains(result.value()));
    }

    /** Those that have begun. */
    private int minutes() {
        return (int) Duration.ofNanos(System.nanoTime() - begin).toMinutes() + 1;
    }
}
