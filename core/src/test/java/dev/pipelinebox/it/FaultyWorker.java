package dev.pipelinebox.it;

import dev.pipelinebox.api.TaskContext;
import dev.pipelinebox.api.Worker;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;

/** Misbehaves in every way that a worker can, as its argument says; a well-behaved task is answered by its own text. */
public final class FaultyWorker implements Worker<String, Object> {

    /** What it does when it is built, and how it feels. */
    public record Parameters(String fault) {}

    /** What metaspace is filled with. */
    private interface Empty {}

    /** What is never let go. */
    private static final List<Object> LEAK = new ArrayList<>();

    private boolean healthy = true;
    private boolean hangsOnItsHealth;
    private boolean hangsOnClose;

    public FaultyWorker(Parameters parameters) throws Exception {
        runTask(parameters.fault());
    }

    @Override
    public boolean isHealthy() {
        if (hangsOnItsHealth) {
            hangsOnItsHealth = false;
            waitForAnInterrupt();
        }
        return healthy;
    }

    @Override
    public void close() {
        if (hangsOnClose) {
            ignoreInterrupts();
        }
    }

    @Override
    public Object runTask(String argument) throws Exception {
        String[] words = argument.split(" ", 2);
        switch (words[0]) {
            case "exit" -> System.exit(Integer.parseInt(words[1]));
            case "exit-afterwards" -> {
                new Thread(() -> exitOnce(Path.of(words[1]))).start();
                return ProcessHandle.current().pid();
            }
            case "halt" -> Runtime.getRuntime().halt(Integer.parseInt(words[1]));
            case "crash" -> crash();
            case "crash-twice" -> crashTwice(Path.of(words[1]));
            case "fill-heap" -> fillHeap();
            case "grow" -> grow(Integer.parseInt(words[1]));
            case "fill-metaspace" -> fillMetaspace();
            case "deadlock" -> deadlock();
            case "spin" -> spin();
            case "mark-and-spin" -> {
                Files.createFile(Path.of(words[1]));
                spin();
            }
            case "gate" -> Gate.pass(words[1]);
            case "sleep" -> Thread.sleep(Long.parseLong(words[1]));
            case "ignore-interrupts" -> ignoreInterrupts();
            case "wait-until-cancelled" -> waitUntilCancelled();
            case "progress-then-hang" -> progressThenHang(Integer.parseInt(words[1]));
            case "start-children-and-spin" -> {
                startChildren();
                spin();
            }
            case "print-and-halt" -> {
                print(Long.parseLong(words[1]));
                Runtime.getRuntime().halt(3);
            }
            case "throw-unserialisable" -> throw new Workers.OddException();
            case "return-unserialisable" -> {
                return new Object();
            }
            case "fail-times" -> failTimes(words[1].split(" ", 2));
            case "feel-unwell" -> healthy = false;
            case "hang-on-health" -> hangsOnItsHealth = true;
            case "hang-on-close" -> hangsOnClose = true;
            case "worker-index" -> {
                return TaskContext.current().workerIndex();
            }
            case "pid" -> {
                return ProcessHandle.current().pid();
            }
            case "attempt" -> {
                return TaskContext.current().attempt();
            }
            default -> {
                return argument;
            }
        }
        return argument;
    }

    private static void exitOnce(Path resultIsThere) {
        try {
            Marks.await(resultIsThere);
            System.exit(5);
        } catch (IOException | InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    private static void crash() throws ReflectiveOperationException {
        Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
        field.setAccessible(true);
        Object unsafe = field.get(null);
        unsafe.getClass().getMethod("putAddress", long.class, long.class).invoke(unsafe, 0L, 0L);
    }

    private static void crashTwice(Path marks) throws IOException {
        for (String mark : List.of("first", "second")) {
            if (Files.notExists(marks.resolve(mark))) {
                Files.createFile(marks.resolve(mark));
                Runtime.getRuntime().halt(9);
            }
        }
    }

    private static void fillHeap() {
        while (LEAK.size() < Integer.MAX_VALUE) {
            LEAK.add(new byte[1 << 20]);
        }
    }

    private static void grow(int mebibytes) {
        for (int grown = 0; grown < mebibytes; grown++) {
            LEAK.add(new byte[1 << 20]);
        }
    }

    private static void fillMetaspace() throws Exception {
        try (InputStream source = FaultyWorker.class.getResourceAsStream("FaultyWorker$Empty.class")) {
            byte[] bytes = source.readAllBytes();
            while (LEAK.size() < Integer.MAX_VALUE) {
                LEAK.add(MethodHandles.lookup()
                        .defineHiddenClass(bytes, false, MethodHandles.Lookup.ClassOption.STRONG));
            }
        }
    }

    private static void deadlock() throws Exception {
        Object first = new Object();
        Object second = new Object();
        CyclicBarrier bothHold = new CyclicBarrier(2);
        Thread other = new Thread(() -> hold(second, first, bothHold), "the other side");
        other.setDaemon(true);
        other.start();
        hold(first, second, bothHold);
    }

    private static void hold(Object mine, Object yours, CyclicBarrier bothHold) {
        synchronized (mine) {
            try {
                bothHold.await();
            } catch (Exception broken) {
                throw new IllegalStateException(broken);
            }
            synchronized (yours) {
                LEAK.add(mine);
            }
        }
    }

    private static void spin() {
        for (long i = 1; i != 0; i = i * 3 + 1) {
            if (i == 2) {
                LEAK.add(i);
            }
        }
    }

    private static void ignoreInterrupts() {
        CountDownLatch never = new CountDownLatch(1);
        while (never.getCount() > 0) {
            try {
                never.await();
            } catch (InterruptedException ignored) {
                LEAK.add(ignored);
            }
        }
    }

    /** Until it is interrupted, or killed. */
    private static void waitForAnInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException enough) {
            LEAK.add(enough);
        }
    }

    private static void waitUntilCancelled() {
        TaskContext context = TaskContext.current();
        while (!context.isCancelled()) {
            Thread.onSpinWait();
        }
        throw new IllegalStateException("gave up when it was told to");
    }

    private static void progressThenHang(int signs) throws InterruptedException {
        for (int sign = 1; sign <= signs; sign++) {
            TaskContext.current().progress(sign / (2.0 * signs), "sign " + sign);
            Thread.sleep(100);
        }
        new CountDownLatch(1).await();
    }

    private static void startChildren() throws IOException {
        new ProcessBuilder("sleep", "600").start();
        new ProcessBuilder("sh", "-c", "sleep 601 & sleep 602 & exit").start();
    }

    private static void print(long bytes) {
        byte[] lines = ("x".repeat(1023) + "\n").repeat(64).getBytes(StandardCharsets.US_ASCII);
        for (long printed = 0; printed < bytes; printed += lines.length) {
            System.out.write(lines, 0, lines.length);
        }
    }

    private static void failTimes(String[] timesAndMarks) throws IOException {
        for (int time = 1; time <= Integer.parseInt(timesAndMarks[0]); time++) {
            Path mark = Path.of(timesAndMarks[1], "failure-" + time);
            if (Files.notExists(mark)) {
                Files.createFile(mark);
                throw new java.io.FileNotFoundException("not there yet");
            }
        }
    }
}
