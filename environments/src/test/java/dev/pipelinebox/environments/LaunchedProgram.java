package dev.pipelinebox.environments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.environments.program.Report;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program that has run to its end.
 *
 * @param exitCode its exit code
 * @param output what it has printed
 */
record LaunchedProgram(int exitCode, String output) {

    /** What the program and its worker have found. */
    Report report() throws IOException {
        assertThat(exitCode).as(output).isZero();
        return Report.parse(output);
    }

    /** That of its worker; all of it is there when the program has ended. */
    List<Path> classPath() throws IOException {
        return classPath(report());
    }

    /** The same of a program that still runs. */
    static List<Path> classPath(Report report) {
        return Stream.of(report.worker().properties().get("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }

    /** The names of these files. */
    static List<String> names(List<Path> files) {
        return files.stream().map(file -> file.getFileName().toString()).toList();
    }
}
