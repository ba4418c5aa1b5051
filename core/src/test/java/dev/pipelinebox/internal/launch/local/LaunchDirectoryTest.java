package dev.pipelinebox.internal.launch.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class LaunchDirectoryTest {

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void isForThisUserOnly() throws Exception {
        try (LaunchDirectory directory = new LaunchDirectory("-cp\n\"a\"\n")) {
            Path path = directory.ensured();

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rwx------");
            assertThat(LaunchDirectory.argumentFile(path)).hasContent("-cp\n\"a\"\n");
        }
    }

    @Test
    void goesWithAllThatItHolds() throws Exception {
        LaunchDirectory directory = new LaunchDirectory("x");
        Path path = directory.ensured();
        Files.writeString(LaunchDirectory.errorFile(path, 5), "a crash");

        directory.close();
        directory.close();

        assertThat(path).doesNotExist();
    }

    @Test
    void isMadeUnderANewNameIfItWasTidiedAway() throws Exception {
        try (LaunchDirectory directory = new LaunchDirectory("x")) {
            Path first = directory.ensured();
            assertThat(directory.ensured()).isEqualTo(first);
            try (Stream<Path> files = Files.list(first)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(first);

            Path second = directory.ensured();

            assertThat(second).isNotEqualTo(first);
            assertThat(LaunchDirectory.argumentFile(second)).hasContent("x");
        }
    }
}
