package dev.pipelinebox.it;

import dev.pipelinebox.api.Worker;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The user's side of the tests: workers, well-behaved and otherwise. */
public final class Workers {

    private Workers() {}

    /** Says who it is, what it was asked, and how often its process has built a worker. */
    public static final class Named implements Worker<String, String> {
        private static int built;

        public record Parameters(String name) {}

        private final Parameters parameters;

        public Named(Parameters parameters) {
            this.parameters = parameters;
            built++;
        }

        @Override
        public String runTask(String argument) {
            return parameters.name() + " DONE WITH " + argument + " built " + built;
        }
    }

    /** Tells its process. */
    public static final class Pid implements Worker<Integer, Long> {
        @Override
        public Long runTask(Integer argument) throws InterruptedException {
            Thread.sleep(argument);
            return ProcessHandle.current().pid();
        }
    }

    /** Notes in a folder which tasks it has started, and which were interrupted. */
    public static final class Noting implements Worker<String, String> {
        private final Path folder;

        public Noting(Path folder) {
            this.folder = folder;
        }

        @Override
        public String runTask(String argument) throws IOException, InterruptedException {
            Files.createFile(folder.resolve(argument + " started"));
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException interrupted) {
                Files.createFile(folder.resolve(argument + " interrupted"));
                throw interrupted;
            }
            return argument;
        }
    }

    /** Computes for ever in a loop that leaves the JVM no pause unless it is told to; it makes a file when it begins. */
    public static final class Computing implements Worker<Path, Long> {
        private static final int LONG_ENOUGH_TO_BE_COMPILED = 200_000_000;

        @Override
        public Long runTask(Path begun) throws IOException {
            long mixed = mixed(1, LONG_ENOUGH_TO_BE_COMPILED);
            Files.createFile(begun);
            while (mixed != 0) {
                mixed = mixed(mixed, Integer.MAX_VALUE);
            }
            return mixed;
        }

        private static long mixed(long seed, int times) {
            long mixed = seed;
            for (int i = 0; i < times; i++) {
                mixed ^= mixed << 13;
                mixed ^= mixed >>> 7;
                mixed ^= mixed << 17;
                mixed *= 0x9E3779B97F4A7C15L;
                mixed ^= mixed >>> 31;
                mixed *= 0xBF58476D1CE4E5B9L;
            }
            return mixed;
        }
    }

    /** Counts up. */
    public static final class Increment implements Worker<Long, Long> {
        @Override
        public Long runTask(Long argument) {
            return argument + 1;
        }
    }

    /** Returns what it is given. */
    public static final class Echo implements Worker<Long, Long> {
        @Override
        public Long runTask(Long argument) {
            return argument;
        }
    }

    /** Writes numbers out, but not 13, which throws, nor 666, which ends its process each time. */
    public static final class Text implements Worker<Long, String> {
        @Override
        public String runTask(Long argument) {
            if (argument == 13) {
                throw new IllegalArgumentException("not thirteen");
            }
            if (argument == 666) {
                Runtime.getRuntime().halt(66);
            }
            return "<" + argument + ">";
        }
    }

    /** Misbehaves as it is told. */
    public static final class Faulty implements Worker<String, Object> {
        @Override
        public Object runTask(String argument) throws Exception {
            String[] words = argument.split(" ", 2);
            switch (words[0]) {
                case "throw" -> throw new IllegalStateException(words[1], new IOException("the cause"));
                case "throw-error" -> throw new AssertionError("an error");
                case "throw-odd" -> throw new OddException();
                case "exit" -> System.exit(Integer.parseInt(words[1]));
                case "halt" -> Runtime.getRuntime().halt(Integer.parseInt(words[1]));
                case "halt-once" -> {
                    Path mark = Path.of(words[1]);
                    if (Files.notExists(mark)) {
                        Files.createFile(mark);
                        Runtime.getRuntime().halt(9);
                    }
                }
                case "return-unwritable" -> {
                    return new Object();
                }
                case "interrupt-self" -> Thread.currentThread().interrupt();
                case "repeat" -> {
                    return "x".repeat(Integer.parseInt(words[1]));
                }
                case "print" -> System.out.println(words[1]);
                case "gate" -> Gate.pass(words[1]);
                case "sleep" -> Thread.sleep(Long.parseLong(words[1]));
                case "mark-and-sleep" -> {
                    Files.createFile(Path.of(words[1]));
                    Thread.sleep(600);
                }
                case "hang" -> hang();
                case "spawn-and-hang" -> {
                    new ProcessBuilder("sleep", "600").start();
                    mark(words[1]);
                    hang();
                }
                case "orphan" -> orphan();
                case "orphan-and-hang" -> {
                    orphan();
                    mark(words[1]);
                    hang();
                }
                case "orphan-and-exit" -> {
                    orphan();
                    System.exit(5);
                }
                case "crash" -> crash();
                case "metaspace" -> fillMetaspace();
                case "out-of-memory" -> {
                    return new long[Integer.MAX_VALUE - 8].length;
                }
                default -> {
                    return argument;
                }
            }
            return "survived " + argument;
        }

        private static void mark(String file) throws IOException {
            Files.write(Path.of(file), new byte[0]);
        }

        /** Leaves a process behind whose parent is gone. */
        private static void orphan() throws Exception {
            new ProcessBuilder("sh", "-c", "sleep 600 & exit").start().waitFor();
        }

        private static void crash() throws ReflectiveOperationException {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field field = type.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            type.getMethod("putAddress", long.class, long.class).invoke(field.get(null), 0L, 0L);
        }

        private static void fillMetaspace() throws IOException {
            byte[] code;
            try (InputStream in = Workers.class.getResourceAsStream("Workers$OddException.class")) {
                code = in.readAllBytes();
            }
            List<Class<?>> kept = new ArrayList<>();
            while (true) {
                kept.add(new Definer().define(code));
            }
        }

        private static void hang() {
            CountDownLatch never = new CountDownLatch(1);
            while (never.getCount() > 0) {
                try {
                    never.await();
                } catch (InterruptedException ignoringIt) {
                    System.out.println("interrupts are ignored here");
                }
            }
        }
    }

    /** A class loader for one class. */
    private static final class Definer extends ClassLoader {
        Class<?> define(byte[] code) {
            return defineClass(null, code, 0, code.length);
        }
    }

    /** An exception that gives nothing away. */
    public static final class OddException extends RuntimeException {
        private final transient Thread unserialisable = Thread.currentThread();

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message from " + unserialisable);
        }
    }

    /** Cannot be built. */
    public static final class Unbuildable implements Worker<String, String> {
        public Unbuildable() {
            System.out.println("looking for the licence");
            throw new IllegalStateException("the licence has expired");
        }

        @Override
        public String runTask(String argument) {
            return argument;
        }
    }

    /** A shape. */
    public sealed interface Shape {}

    public record Circle(double radius) implements Shape {}

    public record Square(double side, Optional<String> label) implements Shape {}

    /** The most complicated argument and result. */
    public abstract static class Generic<T> implements Worker<List<Map<String, T>>, Map<String, List<T>>> {
        @Override
        public Map<String, List<T>> runTask(List<Map<String, T>> argument) {
            return Map.of(
                    "all",
                    argument.stream().flatMap(map -> map.values().stream()).toList());
        }
    }

    public static final class Shapes extends Generic<Shape> {}

    /** Takes and returns anything that Jackson can write. */
    public static final class Anything implements Worker<Object, Object> {
        @Override
        public Object runTask(Object argument) {
            return argument;
        }
    }

    /** Writes a line when it is closed. */
    public static final class Closing implements Worker<String, String> {
        private final String file;

        public Closing(String file) {
            this.file = file;
        }

        @Override
        public String runTask(String argument) {
            return argument;
        }

        @Override
        public void close() throws IOException {
            Files.writeString(Path.of(file), "closed");
        }
    }
}
