package dev.pipelinebox.it;

import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.api.Worker;
import dev.pipelinebox.api.WorkerHandle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A program that is packed into an executable jar, for {@link ExecutableJarIT}. */
public final class ExecutableProgram {

    private ExecutableProgram() {}

    /** Tells system properties of its process. */
    public static final class Properties implements Worker<String, String> {

        /** Builds it. */
        public Properties() {}

        @Override
        public String runTask(String name) {
            return System.getProperty(name);
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /**
     * Prints the class path of a worker.
     *
     * @param arguments the directory of the cache; then, perhaps, that it is to be removed before the worker is started,
     *     while another one runs
     */
    public static void main(String[] arguments) throws IOException {
        try (Master<String, String> master = Master.of(Properties.class)
                .config(ConfigFactory.parseString("pipelinebox.worker.code-cache.directory = \"" + arguments[0] + "\""))
                .start()) {
            WorkerHandle worker = master.addWorker();
            if (arguments.length > 1) {
                worker.ready().toCompletableFuture().join();
                remove(Path.of(arguments[0]));
                master.addWorker().ready().toCompletableFuture().join();
                worker.stop();
            }
            System.out.println(
                    master.ask("java.class.path").toCompletableFuture().join());
        }
    }
}
