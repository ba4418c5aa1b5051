package dev.pipelinebox.benchmarks.speed;

import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.benchmarks.floor.Child;

/** A program that wants one result of one worker. */
public final class FirstResult {

    private FirstResult() {}

    /**
     * Prints how many ms it took until the result was there.
     *
     * @param arguments settings, which may be empty
     */
    public static void main(String[] arguments) {
        long begin = System.nanoTime();
        Child.endWithStandardInput();
        try (Master<Integer, Integer> master = Master.of(EchoNumber.class)
                .config(ConfigFactory.parseString(arguments[0]))
                .start()) {
            master.addWorker();
            int answer = master.ask(1).toCompletableFuture().join();
            System.out.println((System.nanoTime() - begin) / 1e6 * answer);
        }
    }
}
