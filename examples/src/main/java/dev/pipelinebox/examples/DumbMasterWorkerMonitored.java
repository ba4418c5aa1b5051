package dev.pipelinebox.examples;

import dev.pipelinebox.Master;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.Worker;
import dev.pipelinebox.monitor.WorkloadMaxCounter;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Four workers run ten thousand small tasks. The screen shows how the load spreads over them. */
public final class DumbMasterWorkerMonitored {

    private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(66);

    private DumbMasterWorkerMonitored() {}

    /** Adds up a hundred thousand random bits. */
    public static final class DumbWorker implements Worker<String, String> {

        private final SplittableRandom random = new SplittableRandom();
        private final Parameters parameters;

        /**
         * The parameters of a worker.
         *
         * @param name its name in its results
         */
        public record Parameters(String name) {}

        /**
         * Runs once in each process.
         *
         * @param parameters the parameters of this worker
         */
        public DumbWorker(Parameters parameters) {
            this.parameters = parameters;
        }

        @Override
        public String runTask(String argument) {
            int sum = random.ints(100_000, 0, 2).sum();
            return parameters.name() + " DONE WITH " + argument + " and sum " + sum;
        }
    }

    /**
     * Runs the example.
     *
     * @param args the number of tasks, if not ten thousand
     */
    public static void main(String[] args) {
        int count = args.length == 0 ? 10_000 : Integer.parseInt(args[0]);
        Stream<String> tasks =
                IntStream.range(0, count).mapToObj(number -> String.format(Locale.ROOT, "task%05d", number));
        WorkloadMaxCounter monitor = new WorkloadMaxCounter();
        String last = "none";

        try (Master<String, String> master =
                Master.of(DumbWorker.class).monitor(monitor).start()) {
            for (String name : List.of("Alice", "Bob", "Charlie", "Dave")) {
                master.addWorker(new DumbWorker.Parameters("WORKER-" + name));
            }
            long drawn = System.nanoTime() - REDRAW_NANOS;
            for (TaskResult<String> result : master.runAll(tasks)) {
                last = result.value();
                if (System.nanoTime() - drawn >= REDRAW_NANOS) {
                    System.out.println(monitor);
                    drawn = System.nanoTime();
                }
            }
        }
        System.out.println(monitor);
        System.out.println("[DumbTest]: All done");
        System.out.println("[DumbTest]: Last " + last);
    }
}
