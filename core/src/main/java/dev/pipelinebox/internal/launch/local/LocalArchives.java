package dev.pipelinebox.internal.launch.local;

import dev.pipelinebox.internal.launch.LaunchSettings;
import dev.pipelinebox.internal.launch.archive.ArchiveMaker;
import dev.pipelinebox.internal.launch.archive.ClassDataArchive;
import dev.pipelinebox.internal.launch.code.CodeCache;
import dev.pipelinebox.internal.launch.code.CodeEntries;
import java.io.IOException;
import java.nio.file.Path;

/** Makes the class-data archives ahead of the first start. */
public final class LocalArchives {

    private LocalArchives() {}

    /**
     * Makes those that are missing for the class path of this JVM.
     *
     * @throws IOException with the reason if one cannot be made
     * @throws InterruptedException if this thread is interrupted
     */
    public static void make(LaunchSettings settings) throws IOException, InterruptedException {
        Path archives = settings.archiveDirectory()
                .orElseThrow(() -> new IOException("pipelinebox.worker.class-data-archive.enabled is false, so no"
                        + " archive would be used; set it to true"));
        try (CodeCache code = new CodeCache(settings.codeDirectory());
                LaunchDirectory temporary = new LaunchDirectory("")) {
            CodeEntries entries = CodeEntries.of(LocalArchives.class.getClassLoader(), code);
            try (ArchiveMaker maker = new ArchiveMaker(
                    ClassDataArchive.ofWorkers(archives, settings.javaHome(), entries.library(), temporary.owner()))) {
                maker.make();
            }
        }
    }
}
