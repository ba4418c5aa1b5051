package dev.pipelinebox.it;

import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.api.Worker;

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

    /** Prints the class path of a worker. */
    public static void main(String[] arguments) {
        try (Master<String, String> master = Master.of(Properties.class)
                .config(ConfigFactory.parseString("pipelinebox.worker.code-cache.directory = \"" + arguments[0] + "\""))
                .start()) {
            master.addWorker();
            System.out.println(
                    master.ask("java.class.path").toCompletableFuture().join());
        }
    }
}
