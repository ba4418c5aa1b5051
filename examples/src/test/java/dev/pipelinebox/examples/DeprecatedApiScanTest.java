package dev.pipelinebox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeprecatedApiScanTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void helpSaysWhatTheExitCodesMean() {
        assertThat(run("--help")).isZero();
        assertThat(text(out)).contains("--workers N").contains("Exit code: 0");
        assertThat(text(err)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "two", "99999999999"})
    void refusesANumberOfWorkersThatCannotBe(String number) {
        assertThat(run("--workers", number)).isEqualTo(2);
        assertThat(text(err)).contains("--workers takes a number from 1 up, not " + number);
    }

    @Test
    void refusesWorkersWithoutTheirNumber() {
        assertThat(run("--workers")).isEqualTo(2);
        assertThat(text(err)).contains("--workers takes a number from 1 up");
    }

    @Test
    void refusesAnOptionThatItDoesNotKnow() {
        assertThat(run("--fast")).isEqualTo(2);
        assertThat(text(err)).contains("there is no option --fast");
    }

    @Test
    void refusesAFolderThatDoesNotExist() {
        assertThat(run(folder.resolve("gone").toString())).isEqualTo(2);
        assertThat(text(err)).contains("there is no jar and no folder " + folder.resolve("gone"));
    }

    @Test
    void refusesAFolderWithoutJars() {
        assertThat(run(folder.toString())).isEqualTo(2);
        assertThat(text(err)).contains("there is no jar in the folder " + folder);
    }

    private int run(String... args) {
        return DeprecatedApiScan.run(args, new PrintStream(out, true), new PrintStream(err, true));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
