package dev.pipelinebox.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/** Files by which a test and the tasks in other processes tell each other how far they are. */
final class Marks {

    private Marks() {}

    /** Waits until the file is there. */
    static void await(Path mark) throws IOException, InterruptedException {
        try (WatchService changes = mark.getFileSystem().newWatchService()) {
            mark.toAbsolutePath().getParent().register(changes, StandardWatchEventKinds.ENTRY_CREATE);
            while (Files.notExists(mark)) {
                WatchKey change = changes.take();
                change.pollEvents();
                change.reset();
            }
        }
    }
}
