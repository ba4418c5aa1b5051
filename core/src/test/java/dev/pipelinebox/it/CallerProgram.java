package dev.pipelinebox.it;

import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.WorkerHandle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A program that embeds the library, for tests that kill, interrupt or starve its process. */
public final class CallerProgram {

    /** After it was killed, nothing of it is left: its workers see at once what the cluster would tell them after minutes. */
    static final Duration SOON_GONE = Duration.ofSeconds(30);

    /** What it says when Ctrl-C was pressed and its workers have been asked to end. */
    static final String IS_ENDING = "is ending";

    private CallerProgram() {}

    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "sleep" -> sleep();
            case "echo-large" -> echoLarge();
            case "count" -> count(Long.parseLong(arguments[1]));
            case "forget" -> forget();
            case "archive" ->
                waitForArchives(
                        Path.of(arguments[1]),
                        Stream.of(arguments).skip(2).map(Path::of).toList());
            case "compute" -> compute(arguments[1]);
            case "hang" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(CallerProgram::sayThatItIsEnding));
                runTwice("spawn-and-hang " + arguments[1]);
            }
            case "orphan" -> runTwice("orphan-and-hang " + arguments[1]);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Once the library's own hook waits for the workers. */
    private static void sayThatItIsEnding() {
        while (Thread.getAllStackTraces().keySet().stream().noneMatch(CallerProgram::waitsForWorkers)) {
            Thread.onSpinWait();
        }
        System.out.println(IS_ENDING);
    }

    private static boolean waitsForWorkers(Thread thread) {
        return thread.getName().equals("pipelinebox-shutdown") && thread.getState() == Thread.State.TIMED_WAITING;
    }

    /** Runs tasks of 200 ms for ever. */
    private static void sleep() {
        try (Master<Integer, Long> master = Master.of(Workers.Pid.class).start()) {
            for (int i = 0; i < 2; i++) {
                WorkerHandle worker = master.addWorker();
                System.out.println("pid " + worker.pid());
            }
            for (TaskResult<Long> result : master.runAll(Collections.nCopies(Integer.MAX_VALUE, 200))) {
                System.out.println(result.isSuccess() ? "result" : "failure");
            }
        }
    }

    /** Has megabytes sent back for ever. */
    private static void echoLarge() {
        try (Master<byte[], byte[]> master =
                Master.of(LargePayloadIT.Echo.class).start()) {
            master.addWorkers(2);
            byte[] bytes = new byte[1 << 20];
            for (TaskResult<byte[]> result : master.runAll(Collections.nCopies(Integer.MAX_VALUE, bytes))) {
                System.out.println(result.isSuccess() ? "result" : "failure");
            }
        }
    }

    /** Counts through a lazy input. */
    private static void count(long elements) {
        try (Master<Long, Long> master = Master.of(Workers.Increment.class).start()) {
            master.addWorker();
            master.addWorker();
            long sum = 0;
            for (TaskResult<Long> result :
                    master.runAll(LongStream.range(0, elements).boxed())) {
                sum += result.value();
            }
            System.out.println("sum " + sum);
        }
    }

    /** Returns from main without closing its master: the program must end all the same. */
    private static void forget() {
        Master<Long, Long> master = Master.of(Workers.Increment.class).start();
        master.addWorker();
        System.out.println("sum "
                + master.run(1L, 2L).stream().mapToLong(TaskResult::value).sum());
        System.exit(0);
    }

    /** Stays open until there is an archive of the workers in a directory, and until these files are there. */
    private static void waitForArchives(Path cache, List<Path> files) throws IOException {
        try (Master<Long, Long> master = Master.of(Workers.Increment.class).start()) {
            master.addWorker();
            System.out.println("result " + master.ask(0L).toCompletableFuture().join());
            await().atMost(Duration.ofMinutes(2)).until(() -> hasArchive(cache));
            await().atMost(Duration.ofMinutes(2)).until(() -> files.stream().allMatch(Files::exists));
        }
        try (Stream<String> mappings = Files.lines(Path.of("/proc/self/maps"))) {
            mappings.map(line -> line.substring(line.lastIndexOf(' ') + 1))
                    .distinct()
                    .forEach(file -> System.out.println("maps " + file));
        }
    }

    private static boolean hasArchive(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(file -> file.toString().endsWith(".jsa"));
        }
    }

    /** Has two workers compute for ever, and their loops compiled as well as can be. */
    private static void compute(String folder) {
        try (Master<Path, Long> master = Master.of(Workers.Computing.class)
                .config(ConfigFactory.parseString("pipelinebox.worker.jvm-arguments = []"))
                .start()) {
            for (int i = 0; i < 2; i++) {
                System.out.println("pid " + master.addWorker().pid());
            }
            master.run(Path.of(folder, "one"), Path.of(folder, "other")).forEach(result -> {});
        }
    }

    /** Runs a task that never ends on each of two workers. */
    private static void runTwice(String task) {
        try (Master<String, Object> master = Master.of(Workers.Faulty.class).start()) {
            for (int i = 0; i < 2; i++) {
                System.out.println("pid " + master.addWorker().pid());
            }
            master.run(task, task).forEach(result -> {});
        }
    }
}
