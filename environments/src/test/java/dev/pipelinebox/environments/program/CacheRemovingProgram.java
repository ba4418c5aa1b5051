package dev.pipelinebox.environments.program;

import dev.pipelinebox.Master;
import dev.pipelinebox.api.WorkerHandle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Removes the cache of unpacked jars while a worker runs, and prints the facts of one that is started after that. */
public final class CacheRemovingProgram {

    private CacheRemovingProgram() {}

    /**
     * Runs it.
     *
     * @param arguments the directory of the cache
     * @throws IOException if it cannot be removed
     */
    public static void main(String[] arguments) throws IOException {
        try (Master<String, ProcessFacts> master = Master.of(FactsWorker.class).start()) {
            WorkerHandle first = master.addWorker();
            first.ready().toCompletableFuture().join();
            remove(Path.of(arguments[0]));
            master.addWorker().ready().toCompletableFuture().join();
            first.stop();
            ProcessFacts second =
                    master.ask(Report.RESOURCE).toCompletableFuture().join();
            System.out.println(new Report(ProcessFacts.current(Report.RESOURCE), second).line());
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
