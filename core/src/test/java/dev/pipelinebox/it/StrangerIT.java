package dev.pipelinebox.it;

import static dev.pipelinebox.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.WorkerHandle;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A program of another user that attacks the ports of master and workers changes nothing. */
@EnabledOnOs(OS.LINUX)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrangerIT {

    private static final int WORKERS = 4;
    private static final int TASKS = 400;
    private static final int TASK_MILLIS = 20;

    /** The cluster is started some time after the first worker is ready. */
    private static final Duration UNTIL_JOINED = Duration.ofMinutes(2);

    /** What strangers may cost a process beside what its own work does. */
    private static final long MOST_MEBIBYTES = 64;

    private static final long MOST_DESCRIPTORS = 300;
    private static final long MOST_THREADS = 20;

    private static final String REFUSED = "did not prove";

    private final PrintStream console = System.out;
    private final ByteArrayOutputStream workersOutput = new ByteArrayOutputStream();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private Master<Integer, Long> master;
    private List<Long> processes;

    /** Of the master and of one worker. */
    private List<Integer> ports;

    private long begin;

    /** How the workers are reached. */
    Config link() {
        return ConfigFactory.empty();
    }

    @BeforeAll
    void start() {
        System.setOut(new PrintStream(workersOutput, true, StandardCharsets.UTF_8));
        log.start();
        root.addAppender(log);
        List<Integer> before = ListeningPorts.of(ProcessHandle.current().pid());
        master = Master.of(Workers.Pid.class).config(link()).start();
        List<WorkerHandle> workers = master.addWorkers(WORKERS);
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
        begin = System.nanoTime();
    }

    @AfterAll
    void stop() {
        master.close();
        root.detachAppender(log);
        System.setOut(console);
        NoProcessLeft.check(getClass().getSimpleName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"node-without-key", "node-with-another-key"})
    void aForeignNodeIsNoMemberAndReachesNoActor(String node) throws Exception {
        runTasksBeside(node);
    }

    @ParameterizedTest
    @ValueSource(strings = {"self-signed", "expired"})
    void aNodeWithACertificateIsNoMemberAndReachesNoActor(String kind, @TempDir Path folder) throws Exception {
        Path keyStore = folder.resolve("keys.p12");
        List<String> life = kind.equals("expired") ? List.of("-startdate", "-3d", "-validity", "1") : List.of();
        certify(keyStore, life);

        runTasksBeside("node-with-certificate", keyStore.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "random-bytes",
                "like-artery",
                "two-gigabytes",
                "negative-size",
                "like-tls",
                "wrong-proof",
                "truncated",
                "half-open",
                "byte-a-second"
            })
    void whatAStrangerSendsCostsLittleAndChangesNothing(String attack) throws Exception {
        runTasksBeside(attack);
    }

    /** The attacks of a node are real: an unprotected system falls to them. */
    @Test
    void anActorSystemWithoutKeysIsNotSafeFromTheSameProgram() throws Exception {
        try (UnprotectedSystem system = UnprotectedSystem.start();
                Attack attack = Attack.start(List.of("node-without-key", Integer.toString(system.port())))) {
            assertThat(system.ended()).succeedsWithin(PATIENCE);
            assertThat(attack.isOn()).isTrue();
        }
    }

    private void runTasksBeside(String... attack) throws Exception {
        Usage before = Usage.of(processes);
        List<String> arguments = Stream.concat(Stream.of(attack), ports.stream().map(String::valueOf))
                .toList();
        try (Attack running = Attack.start(arguments)) {
            List<TaskResult<Long>> results = new ArrayList<>();
            master.runAll(IntStream.range(0, TASKS).mapToObj(i -> TASK_MILLIS).toList())
                    .forEach(results::add);

            assertThat(results)
                    .hasSize(TASKS)
                    .allSatisfy(result -> assertThat(processes).contains(result.value()));
            assertThat(running.isOn()).isTrue();
            assertThat(running.output()).noneMatch(Stranger.MEMBER::equals);
            Usage.of(processes).checkBounded(before);
        }
        assertThat(processes).allMatch(pid -> ProcessHandle.of(pid).isPresent());
        assertThat(logged()).hasSizeLessThanOrEqualTo(minutes() * ports.size());
        assertThat(workersOutput()).allMatch(line -> line.contains(REFUSED));
    }

    private Stream<String> workersOutput() {
        return workersOutput.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("[worker "));
    }

    /** The lines of the master and of its workers about refused connections. */
    private List<String> logged() {
        return Stream.concat(List.copyOf(log.list).stream().map(ILoggingEvent::getFormattedMessage), workersOutput())
                .filter(line -> line.contains(REFUSED))
                .toList();
    }

    /** Those that have begun. */
    private int minutes() {
        return (int) Duration.ofNanos(System.nanoTime() - begin).toMinutes() + 1;
    }

    private static void certify(Path keyStore, List<String> life) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "pipelinebox",
                "-keyalg",
                "EC",
                "-dname",
                "CN=pipelinebox",
                "-storepass",
                "changeit",
                "-keystore",
                keyStore.toString()));
        command.addAll(life);
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
    }

    /** What the processes of master and workers take. */
    private record Usage(List<Long> mebibytes, List<Long> threads, List<Long> descriptors) {

        static Usage of(Collection<Long> workers) throws IOException {
            System.gc();
            List<Long> mebibytes = new ArrayList<>(List.of(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20));
            List<Long> threads = new ArrayList<>();
            List<Long> descriptors = new ArrayList<>();
            for (long pid : workers) {
                mebibytes.add(status(pid, "VmRSS:") >> 10);
            }
            for (long pid : Stream.concat(Stream.of(ProcessHandle.current().pid()), workers.stream())
                    .toList()) {
                threads.add(status(pid, "Threads:"));
                try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
                    descriptors.add(files.count());
                }
            }
            return new Usage(mebibytes, threads, descriptors);
        }

        private static long status(long pid, String key) throws IOException {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }

        void checkBounded(Usage before) {
            checkBounded("mebibytes", mebibytes, before.mebibytes, MOST_MEBIBYTES);
            checkBounded("threads", threads, before.threads, MOST_THREADS);
            checkBounded("descriptors", descriptors, before.descriptors, MOST_DESCRIPTORS);
        }

        private static void checkBounded(String what, List<Long> now, List<Long> before, long most) {
            assertThat(IntStream.range(0, now.size()).mapToObj(i -> now.get(i) - before.get(i)))
                    .as(what + " more than before, of master and workers")
                    .allMatch(more -> more <= most);
        }
    }

    /** The attacking program, in a process of its own. */
    private record Attack(Process process, List<String> output) implements AutoCloseable {

        static Attack start(List<String> arguments) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Stranger.class.getName()));
            command.addAll(arguments);
            Process process = new ProcessBuilder(command)
                    .redirectError(new File("/dev/null"))
                    .start();
            BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
            Attack attack = new Attack(process, new CopyOnWriteArrayList<>());
            Thread listening = new Thread(() -> reader.lines().forEach(attack.output::add));
            listening.setDaemon(true);
            listening.start();
            await().atMost(PATIENCE).until(() -> attack.output.contains(Stranger.BEGUN));
            return attack;
        }

        boolean isOn() {
            return process.isAlive();
        }

        @Override
        public void close() throws Exception {
            process.destroyForcibly().waitFor();
        }
    }
}
