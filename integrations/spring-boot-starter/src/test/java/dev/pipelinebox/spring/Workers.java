package dev.pipelinebox.spring;

import dev.pipelinebox.api.Worker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The workers of the tests. */
public final class Workers {

    private Workers() {}

    /** What {@link Told} is built with. */
    public record Parameters(String modelName, int size, List<String> tags, Limits limits, Path file) {}

    /** A part of {@link Parameters}. */
    public record Limits(Duration longest, Map<String, Double> weights) {}

    /** Tells its parameters. */
    public static final class Told implements Worker<String, String> {

        private final Parameters parameters;

        public Told(Parameters parameters) {
            this.parameters = parameters;
        }

        @Override
        public String runTask(String prefix) {
            return prefix + parameters;
        }
    }

    /** Tells the map that it is built with. */
    public static final class MapTold implements Worker<String, String> {

        private final Map<String, Object> parameters;

        public MapTold(Map<String, Object> parameters) {
            this.parameters = parameters;
        }

        @Override
        public String runTask(String prefix) {
            return prefix + parameters;
        }
    }

    /** What {@link DefaultTold} is built with. */
    public record Defaults(@DefaultValue("17") int release) {}

    /** Tells its parameters, which have defaults. */
    public static final class DefaultTold implements Worker<String, Integer> {

        private final Defaults defaults;

        public DefaultTold(Defaults defaults) {
            this.defaults = defaults;
        }

        @Override
        public Integer runTask(String ignored) {
            return defaults.release();
        }
    }

    /** Tells its process. */
    public static final class Pid implements Worker<String, Long> {

        public Pid() {}

        @Override
        public Long runTask(String ignored) {
            return ProcessHandle.current().pid();
        }
    }

    /** Throws in its first task of each argument. */
    public static final class Forgetful implements Worker<String, String> {

        private String last = "";

        public Forgetful() {}

        @Override
        public String runTask(String argument) {
            if (!argument.equals(last)) {
                last = argument;
                throw new IllegalStateException("not yet");
            }
            return argument;
        }
    }

    /** Cannot be built. */
    public static final class Unbuildable implements Worker<String, String> {

        public Unbuildable() {
            throw new IllegalStateException("there is no model");
        }

        @Override
        public String runTask(String argument) {
            return argument;
        }
    }

    /** Waits in each task until the test lets it go on; in process, where they share the latch. */
    public static final class Waiting implements Worker<String, String> {

        static volatile CountDownLatch gate = new CountDownLatch(0);

        public Waiting() {}

        @Override
        public String runTask(String argument) throws InterruptedException {
            gate.await();
            return argument + " done";
        }
    }
}
