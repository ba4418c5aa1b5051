package dev.pipelinebox.internal.runtime;

import dev.pipelinebox.internal.launch.local.LocalArchives;
import java.io.IOException;

/** Makes the class-data archives where no master is started. */
public final class ArchivePreparation {

    private ArchivePreparation() {}

    /**
     * Makes those of a program with the configuration and the class path of this JVM.
     *
     * @throws IOException with the reason if one cannot be made
     * @throws InterruptedException if this thread is interrupted
     */
    public static void make() throws IOException, InterruptedException {
        LocalArchives.make(MasterSettings.load(null).launch());
    }
}
