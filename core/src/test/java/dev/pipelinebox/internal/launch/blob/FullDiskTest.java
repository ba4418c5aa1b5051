package dev.pipelinebox.internal.launch.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** On a small disk in memory, which is there for this test alone. */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {

    private static final String DIGEST = "0".repeat(64);
    private static final int MEGABYTE = 1 << 20;

    @TempDir
    private Path folder;

    private Path disk;
    private boolean isMounted;
    private BlobStore store;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        isMounted = hasRun("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString());
        assumeTrue(isMounted, "only root, where mount works, can make a small disk");
        store = BlobStore.open(disk, BlobStore.DEFAULT_LIMIT);
    }

    @AfterEach
    void unmount() throws Exception {
        assertThat(!isMounted || hasRun("umount", disk.toString())).isTrue();
    }

    private static boolean hasRun(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    @Test
    void aBlobForWhichThereIsNoRoomIsNotBegun() throws Exception {
        assertThatThrownBy(() -> store.receive(DIGEST, 8 * MEGABYTE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no room for 8388608 bytes in " + disk.resolve("blobs"))
                .hasMessageContaining("bytes are free there")
                .hasMessageContaining("use another cache directory");
        assertThat(disk.resolve("blobs/partial")).isEmptyDirectory();
    }

    @Test
    void aBlobThatFillsTheDiskIsRemoved() throws Exception {
        try (BlobWriter writer = store.receive(DIGEST, 3 * MEGABYTE)) {
            writer.write(0, new byte[MEGABYTE]);
            Files.write(disk.resolve("other"), new byte[5 * MEGABYTE / 2]);

            assertThatThrownBy(() -> writer.write(MEGABYTE, new byte[MEGABYTE]))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("3145728 bytes cannot be written to " + disk.resolve("blobs"))
                    .hasMessageContaining("bytes are free there");
        }
        assertThat(disk.resolve("blobs/partial")).isEmptyDirectory();
        assertThat(disk.toFile().getUsableSpace()).isGreaterThan(MEGABYTE);
    }
}
