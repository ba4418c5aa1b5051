package dev.pipelinebox.environments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How a program is started.
 *
 * @param command the command line
 * @param environment variables that are added to those of this process
 */
record Launch(List<String> command, Map<String, String> environment) {

    /** Argument of a JVM: without a class-data archive. */
    static final String NO_ARCHIVE = "-Dpipelinebox.worker.class-data-archive.enabled=false";

    /** The folder of the user's caches, for all programs that are started. */
    static final Path CACHE = Path.of("target", "cache").toAbsolutePath();

    /** For all JVMs, since workers inherit it: they are short, and compiling well takes half of their processor time. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    private static final Path PROGRAMS = Path.of("target", "programs");
    private static final long LONGEST_MINUTES = 2;

    /** With the Java of this process, and without a class-data archive. */
    static Launch java(String... arguments) {
        return of(Path.of(System.getProperty("java.home")), Stream.concat(Stream.of(NO_ARCHIVE), Stream.of(arguments)));
    }

    /** With the Java of this process, and with a class-data archive. */
    static Launch javaWithArchive(String... arguments) {
        return of(Path.of(System.getProperty("java.home")), Stream.of(arguments));
    }

    /** With another Java. */
    static Launch of(Path javaHome, Stream<String> arguments) {
        return new Launch(
                Stream.concat(Stream.of(javaHome.resolve("bin").resolve("java").toString()), arguments)
                        .toList(),
                Map.of());
    }

    /** A command that is no JVM. */
    static Launch of(String... command) {
        return new Launch(List.of(command), Map.of());
    }

    /** The same, with a variable. */
    Launch with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new Launch(command, more);
    }

    /** Runs it to its end. */
    LaunchedProgram run() throws IOException, InterruptedException {
        Path output = output();
        Process program = start(output);
        if (!program.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            program.descendants().forEach(ProcessHandle::destroyForcibly);
            program.destroyForcibly();
            throw new AssertionError(command + " does not end; it printed " + Files.readString(output));
        }
        return new LaunchedProgram(program.exitValue(), Files.readString(output));
    }

    /** Starts it, with a standard input that is open as long as this process or the returned one lives. */
    Process start(Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> variables = builder.environment();
        variables.put("XDG_CACHE_HOME", CACHE.toString());
        variables.put(NoProcessLeft.VARIABLE, NoProcessLeft.MARK);
        variables.put("JAVA_TOOL_OPTIONS", QUICK);
        variables.putAll(environment);
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    /** A new file for what a program prints. */
    static Path output() throws IOException {
        return Files.createTempFile(Files.createDirectories(PROGRAMS), "program", ".txt");
    }

    /** Entries of a class path. */
    static String classPath(Object... entries) {
        assertThat(entries).isNotEmpty();
        return String.join(
                File.pathSeparator, Stream.of(entries).map(Object::toString).toList());
    }
}
