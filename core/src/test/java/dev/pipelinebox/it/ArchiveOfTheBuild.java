package dev.pipelinebox.it;

import dev.pipelinebox.internal.launch.archive.ArchiveMaker;
import dev.pipelinebox.internal.launch.archive.ClassDataArchive;
import dev.pipelinebox.internal.launch.code.CodeCache;
import dev.pipelinebox.internal.launch.code.CodeEntries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Makes the class-data archive before the first test that starts processes, so that all later workers start from it. Of
 * several JVMs with tests only one makes it.
 */
public final class ArchiveOfTheBuild implements BeforeAllCallback {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private static boolean asked;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        String directory = System.getProperty("pipelinebox.worker.class-data-archive.directory");
        if (directory == null || asked) {
            return;
        }
        asked = true;
        CodeEntries entries =
                CodeEntries.of(Workers.Echo.class.getClassLoader(), new CodeCache(Path.of("target", "code")));
        ClassDataArchive.ofWorkers(
                        Path.of(directory),
                        Path.of(System.getProperty("java.home")),
                        entries.library(),
                        Files.getOwner(Path.of("")))
                .ifPresent(archive -> {
                    try (ArchiveMaker maker = new ArchiveMaker(Optional.of(archive))) {
                        maker.begin();
                        maker.await(LONGEST);
                    }
                });
    }
}
