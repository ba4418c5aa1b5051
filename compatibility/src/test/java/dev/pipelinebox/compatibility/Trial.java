package dev.pipelinebox.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run of a program in a process of its own, in which other jars take the place of some that the library brings.
 *
 * @param exitCode how it ended
 * @param output what it printed
 */
record Trial(int exitCode, String output) {

    static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    private static final Path TARGET = Path.of("target").toAbsolutePath();

    /** The name of a jar without its version. */
    private static final Pattern VERSION = Pattern.compile("-\\d[\\w.]*\\.jar$");

    /** Runs the exercise, with one Java for caller and workers. */
    static Trial exercise(Path javaHome, List<String> variants) throws Exception {
        return java(javaHome, classPath(variants), List.of(Exercise.class.getName()));
    }

    /** Runs the exercise as it is, with one Java for the caller and another one for the workers. */
    static Trial ofJdks(Path callers, Path workers) {
        try {
            return java(callers, classPath(List.of()), List.of(Exercise.class.getName(), workers.toString()));
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Runs a main class. */
    static Trial java(Path javaHome, String classPath, List<String> mainAndArguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin/java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Dpipelinebox.worker.class-data-archive.enabled=false"));
        command.addAll(List.of("-cp", classPath));
        command.addAll(mainAndArguments);
        Path output = Files.createTempFile(TARGET, "trial", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            return new Trial(process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }

    /** What the library brings, with the jars of these folders in place of those with the same names. */
    static String classPath(List<String> variants) throws IOException {
        List<Path> others = new ArrayList<>();
        for (String variant : variants) {
            others.addAll(jars(TARGET.resolve("variants").resolve(variant)));
        }
        List<String> replaced = others.stream().map(Trial::artifact).toList();
        Stream<Path> own = jars(TARGET.resolve("lib")).stream().filter(jar -> !replaced.contains(artifact(jar)));
        return Stream.concat(own, others.stream()).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static String artifact(Path jar) {
        return VERSION.matcher(jar.getFileName().toString()).replaceFirst("");
    }

    /** Everything worked; otherwise the output says what did not. */
    void checkPassed() {
        assertThat(output).endsWith("passed: all\n");
        assertThat(exitCode).as(output).isZero();
    }
}
