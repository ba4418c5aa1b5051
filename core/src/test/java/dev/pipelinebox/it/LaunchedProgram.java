package dev.pipelinebox.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.Master;
import dev.pipelinebox.internal.os.ProcessTree;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An {@link ExecutableProgram} that has run to its end.
 *
 * @param exitCode its exit code
 * @param output what it has printed
 */
record LaunchedProgram(int exitCode, String output) {

    static LaunchedProgram run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dpipelinebox.worker.class-data-archive.enabled=false"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put(ProcessTree.VARIABLE, NoProcessLeft.MARK);
        Path said = Files.createTempFile("program", ".txt");
        try {
            Process program = builder.redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            assertThat(program.waitFor(2, TimeUnit.MINUTES)).isTrue();
            return new LaunchedProgram(program.exitValue(), Files.readString(said));
        } finally {
            Files.delete(said);
        }
    }

    /** That of its worker, which it prints last. */
    List<Path> classPath() {
        assertThat(exitCode).as(output).isZero();
        String last = output.lines().reduce("", (first, second) -> second);
        return Stream.of(last.split(File.pathSeparator)).map(Path::of).toList();
    }

    /** The jars of this JVM; the library itself is one in integration tests. */
    static List<Path> libraries() throws Exception {
        return Stream.concat(
                        Stream.of(Path.of(Master.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())),
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(Path::of))
                .filter(entry -> entry.toString().endsWith(".jar") && Files.isRegularFile(entry))
                .filter(entry -> !entry.getFileName().toString().startsWith("surefire"))
                .distinct()
                .toList();
    }
}
