package dev.pipelinebox.examples;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program that was run as a process of its own in the folder of the repository, as a user would run it.
 *
 * @param exitCode how it ended
 * @param out the lines of its standard output
 * @param err the lines of its standard error
 * @param workers the worker processes that it started
 */
record Program(int exitCode, List<String> out, List<String> err, Set<Long> workers) {

    /** The folder of the repository. */
    static final Path ROOT = root();

    private static final String ARCHIVES = "pipelinebox.worker.class-data-archive.directory";
    private static final String WORKER_MAIN = "dev.pipelinebox.internal.worker.WorkerMain";
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
    private static final long LONGEST_SECONDS = 300;

    /** Runs an example with what the package phase has put together for it. */
    static Program example(Class<?> example, String... arguments) throws IOException, InterruptedException {
        return java("examples/target/lib/*", example.getName(), arguments);
    }

    /** Runs a main class. All share one class-data archive, which the first ones make. */
    static Program java(String classPath, String main, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(JAVA_HOME.resolve("bin/java").toString());
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Dpipelinebox.worker.jvm-arguments.0=-XX:TieredStopAtLevel=1");
        command.add("-D" + ARCHIVES + "=" + System.getProperty(ARCHIVES));
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** Runs a line of a shell, in which {@code java} is the Java of this test. */
    static Program shell(String line) throws IOException, InterruptedException {
        return run(List.of("sh", "-c", line));
    }

    /** The worker processes that are still there. */
    List<ProcessHandle> workersLeft() {
        return workers.stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .filter(Program::isWorker)
                .toList();
    }

    private static Program run(List<String> command) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(ROOT.resolve("examples/target/programs"));
        Path out = Files.createTempFile(folder, "program", ".out");
        Path err = Files.createTempFile(folder, "program", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        environment.merge(
                "PATH", JAVA_HOME.resolve("bin").toString(), (path, java) -> java + File.pathSeparator + path);
        environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        Process process = builder.start();
        Set<Long> workers = new TreeSet<>();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
            process.descendants().filter(Program::isWorker).forEach(worker -> workers.add(worker.pid()));
            if (System.nanoTime() > deadline) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(
                        command + " does not end; it printed " + Files.readString(out) + Files.readString(err));
            }
        }
        return new Program(process.exitValue(), Files.readAllLines(out), Files.readAllLines(err), workers);
    }

    private static boolean isWorker(ProcessHandle process) {
        return process.info().arguments().stream().flatMap(Stream::of).anyMatch(WORKER_MAIN::equals);
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("application.conf"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
