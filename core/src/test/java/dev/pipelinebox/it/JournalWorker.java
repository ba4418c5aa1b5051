package dev.pipelinebox.it;

import dev.pipelinebox.api.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells of each task in which process it ran and as which of all that ran there. */
public final class JournalWorker implements Worker<String, JournalWorker.Entry> {

    /** What one task leaves behind. */
    public record Entry(long pid, int nth, String task) {}

    private int tasks;

    @Override
    public Entry runTask(String argument) throws Exception {
        String[] words = argument.split(" ", 2);
        switch (words[0]) {
            case "gate" -> Gate.pass(words[1]);
            case "fail-once" -> failOnce(Path.of(words[1]));
            default -> {}
        }
        return new Entry(ProcessHandle.current().pid(), ++tasks, argument);
    }

    private static void failOnce(Path mark) throws IOException {
        if (Files.notExists(mark)) {
            Files.createFile(mark);
            throw new IOException("the first time it fails");
        }
    }
}
