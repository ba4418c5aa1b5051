package dev.pipelinebox.examples;

import dev.pipelinebox.Master;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.Worker;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The shortest example: two workers run five tasks of two seconds. */
public final class DumbMasterWorker {

    private DumbMasterWorker() {}

    /** Sleeps two seconds and returns that the task is done. */
    public static final class DumbWorker implements Worker<String, String> {

        private final Parameters parameters;

        /**
         * The parameters of a worker.
         *
         * @param name its name in its results
         */
        public record Parameters(String name) {}

        /**
         * Runs once in each process. The slow setup belongs here.
         *
         * @param parameters the parameters of this worker
         */
        public DumbWorker(Parameters parameters) {
            this.parameters = parameters;
        }

        @Override
        public String runTask(String argument) throws InterruptedException {
            Thread.sleep(2_000);
            return parameters.name() + " DONE WITH " + argument;
        }
    }

    /**
     * Runs the example.
     *
     * @param args the number of tasks, if not five
     */
    public static void main(String[] args) {
        int count = args.length == 0 ? 5 : Integer.parseInt(args[0]);
        Stream<String> tasks = IntStream.rangeClosed(1, count).mapToObj(number -> "dumb-task-" + number);

        try (Master<String, String> master =
                Master.of(DumbWorker.class).verbose(true).start()) {
            master.addWorker(new DumbWorker.Parameters("WORKER-Alice"));
            master.addWorker(Map.of("name", "WORKER-Bob"));
            for (TaskResult<String> result : master.runAll(tasks)) {
                System.out.println("[DumbTest]: " + result.value());
            }
        }
        System.out.println("[DumbTest]: All done");
    }
}
