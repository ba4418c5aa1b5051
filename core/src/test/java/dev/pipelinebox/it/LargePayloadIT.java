package dev.pipelinebox.it;

import static dev.pipelinebox.it.Pools.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.Results;
import dev.pipelinebox.api.TaskContext;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.Worker;
import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.api.WorkerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Arguments and results that are too large for a message, over a socket as a whole or over TCP in pieces. */
@ExtendWith(NoProcessLeft.class)
class LargePayloadIT {

    private static final int KIBI = 1 << 10;
    private static final int MEBI = 1 << 20;

    private static final List<Integer> SIZES =
            around(0, 16 * KIBI, 128 * KIBI, 192 * KIBI, 512 * KIBI, MEBI, 4 * MEBI, 8 * MEBI + 512 * KIBI, 20 * MEBI);

    /** Returns what it is given. */
    public static final class Echo implements Worker<byte[], byte[]> {
        @Override
        public byte[] runTask(byte[] argument) {
            return argument;
        }
    }

    /** Adds up what it is given. */
    public static final class Sum implements Worker<byte[], Long> {
        @Override
        public Long runTask(byte[] argument) {
            return sum(argument);
        }
    }

    /** Makes many bytes. */
    public static final class Fill implements Worker<Integer, byte[]> {
        @Override
        public byte[] runTask(Integer size) {
            byte[] bytes = new byte[size];
            Arrays.fill(bytes, (byte) 1);
            return bytes;
        }
    }

    /** Returns what it is given, but the first time it says which process it is and waits for its end. */
    public static final class WaitingForItsEnd implements Worker<byte[], byte[]> {
        private final Path marks;

        public WaitingForItsEnd(String marks) {
            this.marks = Path.of(marks);
        }

        @Override
        public byte[] runTask(byte[] argument) throws Exception {
            if (TaskContext.current().attempt() == 1 && argument[0] == 1) {
                Files.createFile(
                        marks.resolve(String.valueOf(ProcessHandle.current().pid())));
                new CountDownLatch(1).await();
            }
            return argument;
        }
    }

    @Test
    void payloadsOfAllSizesComeBackAsTheyWere() {
        try (Master<byte[], byte[]> master = master(Echo.class, ConfigFactory.empty())) {
            assertThatAllSizesComeBack(master, SIZES);
        }
    }

    @Test
    void payloadsOfAllSizesComeBackAsTheyWereOverTcp() {
        try (Master<byte[], byte[]> master = master(Echo.class, set("link.unix-socket = false"))) {
            assertThatAllSizesComeBack(
                    master, SIZES.stream().filter(size -> size < 5 * MEBI).toList());
        }
    }

    @Test
    void oneArgumentOf256MiBNeedsNoSettings() {
        try (Master<byte[], Long> master = master(Sum.class, ConfigFactory.empty())) {
            master.addWorker();
            byte[] bytes = new byte[256 * MEBI];
            Arrays.fill(bytes, 0, 1000, (byte) 7);
            bytes[bytes.length - 1] = 3;

            assertThat(master.run(bytes).stream().map(TaskResult::value)).containsExactly(7003L);
        }
    }

    @Test
    void anArgumentThatDoesNotFitIntoTheWorkersHeapIsItsFailureAndTheWorkerGoesOn() {
        try (Master<byte[], Long> master = master(Sum.class, ConfigFactory.empty())) {
            WorkerHandle worker =
                    master.addWorker(null, WorkerOptions.defaults().withHeap(64L * MEBI));
            ready(worker);
            long pid = worker.pid();

            List<TaskResult<Long>> results =
                    master.runAll(Stream.of(100, 45, 1).map(size -> new byte[size * MEBI])).inOrder().stream()
                            .toList();

            assertThat(results.subList(0, 2))
                    .allSatisfy(result -> assertThatThrownBy(result::value)
                            .isInstanceOf(PayloadException.class)
                            .hasMessageMatching(".*(104857600|47185920) bytes does not fit into the heap.*")
                            .hasMessageContaining("pipelinebox.worker.heap"));
            assertThat(results.get(2).value()).isZero();
            assertThat(worker.pid()).isEqualTo(pid);
        }
    }

    @Test
    void resultsThatAreMadeFasterThanTheyCanLeaveDoNotFillTheWorkersHeap() {
        try (Master<Integer, byte[]> master = master(Fill.class, ConfigFactory.empty())) {
            WorkerHandle worker =
                    master.addWorker(null, WorkerOptions.defaults().withHeap(96L * MEBI));
            ready(worker);
            long pid = worker.pid();
            Stream<Integer> tinyAndThenLarge =
                    Stream.concat(Collections.nCopies(5_000, 1).stream(), Collections.nCopies(500, MEBI).stream());

            assertThat(master.runAll(tinyAndThenLarge).stream().mapToInt(result -> result.value().length))
                    .filteredOn(size -> size == MEBI)
                    .hasSize(500);
            assertThat(worker.pid()).isEqualTo(pid);
        }
    }

    @Test
    void aKilledWorkersTaskRunsElsewhereWithTheSameBytes(@TempDir Path marks) throws Exception {
        byte[] fatal = bytes(9 * MEBI + 1);
        fatal[0] = 1;
        byte[] other = bytes(3 * MEBI);
        other[0] = 2;
        try (Master<byte[], byte[]> master = master(WaitingForItsEnd.class, ConfigFactory.empty())) {
            ready(master.addWorker(marks.toString()));
            Results<byte[]> results = master.run(fatal, other);
            await().until(() -> !in(marks).isEmpty());

            ProcessHandle.of(Long.parseLong(in(marks).get(0).getFileName().toString()))
                    .orElseThrow()
                    .destroyForcibly();

            assertThat(results.stream().map(TaskResult::value)).containsExactlyInAnyOrder(fatal, other);
        }
    }

    @Test
    void payloadsOf16MiBNeverPileUp() {
        TasksInFlight inFlight = new TasksInFlight();
        AtomicInteger taken = new AtomicInteger();
        byte[] bytes = bytes(16 * MEBI);
        try (Master<byte[], Long> master = Master.of(Sum.class)
                .config(ConfigFactory.empty())
                .monitor(inFlight)
                .start()) {
            ready(master.addWorkers(2));
            int read = 0;
            int mostUnderWay = 0;
            for (TaskResult<Long> result :
                    master.runAll(Stream.generate(() -> bytes).limit(20).peek(next -> taken.incrementAndGet()))) {
                assertThat(result.value()).isEqualTo(sum(bytes));
                read++;
                mostUnderWay = Math.max(mostUnderWay, taken.get() - read);
            }

            assertThat(read).isEqualTo(20);
            assertThat(mostUnderWay).as("tasks in the caller").isLessThanOrEqualTo(2 * 2 + 1);
            assertThat(inFlight.most()).as("tasks in a worker").isEqualTo(1);
        }
    }

    @Test
    void unreadResultsOf16MiBStopAtTheFirstWindow() {
        AtomicInteger arrived = new AtomicInteger();
        TaskMonitor monitor = new TaskMonitor() {
            @Override
            public void onResultRetrievedFromWorker(int worker, long task) {
                arrived.incrementAndGet();
            }
        };
        try (Master<Integer, byte[]> master = Master.of(Fill.class)
                .config(ConfigFactory.empty())
                .monitor(monitor)
                .start()) {
            ready(master.addWorkers(2));
            try (Results<byte[]> results = master.runAll(IntStream.range(0, 40).mapToObj(i -> 16 * MEBI))) {
                await().until(() -> arrived.get() >= 16);
                await().during(Duration.ofMillis(300)).until(() -> arrived.get() == 16);
                int read = 0;
                for (TaskResult<byte[]> result : results) {
                    assertThat(result.value()).hasSize(16 * MEBI);
                    read++;
                    assertThat(arrived.get() - read).as("results in the caller").isLessThanOrEqualTo(16);
                }
                assertThat(read).isEqualTo(40);
            }
        }
    }

    /** How many tasks each worker holds. */
    private static final class TasksInFlight implements TaskMonitor {
        private final Map<Integer, Integer> held = new HashMap<>();
        private int most;

        @Override
        public synchronized void onTaskAttachedToWorker(int worker, long task) {
            most = Math.max(most, held.merge(worker, 1, Integer::sum));
        }

        @Override
        public synchronized void onResultRetrievedFromWorker(int worker, long task) {
            held.merge(worker, -1, Integer::sum);
        }

        synchronized int most() {
            return most;
        }
    }

    private static void assertThatAllSizesComeBack(Master<byte[], byte[]> master, List<Integer> sizes) {
        ready(master.addWorkers(2));
        Map<Long, byte[]> sent = new HashMap<>();
        List<byte[]> arguments = sizes.stream().map(LargePayloadIT::bytes).toList();
        arguments.forEach(argument -> sent.put(sent.size() + 1L, argument));
        for (TaskResult<byte[]> result : master.runAll(arguments)) {
            assertThat(result.value()).isEqualTo(sent.remove(result.taskId()));
        }
        assertThat(sent).isEmpty();
    }

    private static <A, R> Master<A, R> master(Class<? extends Worker<A, R>> type, Config config) {
        return Master.of(type).config(config).start();
    }

    private static Config set(String setting) {
        return ConfigFactory.parseString("pipelinebox." + setting);
    }

    private static List<Path> in(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Integer> around(int... boundaries) {
        List<Integer> sizes = new ArrayList<>();
        for (int boundary : boundaries) {
            if (boundary > 0) {
                sizes.add(boundary - 1);
            }
            sizes.add(boundary);
            sizes.add(boundary + 1);
        }
        return sizes;
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private static long sum(byte[] bytes) {
        long sum = 0;
        for (byte each : bytes) {
            sum += each;
        }
        return sum;
    }
}
