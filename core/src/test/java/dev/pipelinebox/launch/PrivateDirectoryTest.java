package dev.pipelinebox.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PrivateDirectoryTest {

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void isForThisUserOnly() throws Exception {
        try (PrivateDirectory directory = new PrivateDirectory("-cp\n\"a\"\n")) {
            Path path = directory.ensured();

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rwx------");
            assertThat(PrivateDirectory.argumentFile(path)).hasContent("-cp\n\"a\"\n");
        }
    }

    @Test
    void goesWithAllThatItHolds() throws Exception {
        PrivateDirectory directory = new PrivateDirectory("x");
        Path path = directory.ensured();
        Files.writeString(PrivateDirectory.errorFile(path, 5), "a crash");

        directory.close();
        directory.close();

        assertThat(path).doesNotExist();
    }

    @Test
    void isMadeUnderANewNameIfItWasTidiedAway() throws Exception {
        try (PrivateDirectory directory = new PrivateDirectory("x")) {
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
            assertThat(PrivateDirectory.argumentFile(second)).hasContent("x");
        }
    }
}
