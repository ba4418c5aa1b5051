package dev.pipelinebox.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A project with Gradle, of which only the repository that {@code deploy} filled is known. */
class GradleConsumerIT {

    private static final Path SOURCES = Checkout.ROOT.resolve("release/src/it/consumer-gradle");
    private static final Path FOLDER = Checkout.TARGET.resolve("consumer-gradle");
    private static final Path GRADLE_HOME = Checkout.TARGET.resolve("gradle-home");

    @Test
    void itBuildsAndItsTestsHaveWorkerProcesses() throws Exception {
        Optional<Path> gradle = onPath("gradle");
        assumeThat(gradle).as("There is no Gradle on the PATH.").isPresent();
        assumeThat(runs(gradle.orElseThrow()))
                .as("This Gradle does not run on this JDK.")
                .isTrue();
        SecondBuild.run();
        Checkout.delete(FOLDER);
        Checkout.delete(GRADLE_HOME);
        Checkout.copy(SOURCES, FOLDER);

        List<String> line = List.of(
                gradle.orElseThrow().toString(),
                "--no-daemon",
                "-q",
                "-PpipelineboxVersion=" + Checkout.VERSION,
                "-PpipelineboxRepository=" + SecondBuild.REPOSITORY.toUri(),
                "build");
        new Command(FOLDER, Map.of("GRADLE_USER_HOME", GRADLE_HOME.toString()), line).succeeds();

        Path report = FOLDER.resolve("build/test-results/test/TEST-com.example.processes.ProcessIdWorkerTest.xml");
        assertThat(Files.readString(report)).contains("tests=\"1\" skipped=\"0\" failures=\"0\" errors=\"0\"");
    }

    private static boolean runs(Path gradle) throws IOException, InterruptedException {
        return new ProcessBuilder(gradle.toString(), "--version")
                        .redirectErrorStream(true)
                        .redirectOutput(
                                Checkout.TARGET.resolve("gradle-version.txt").toFile())
                        .start()
                        .waitFor()
                == 0;
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
