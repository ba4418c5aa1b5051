package dev.pipelinebox.benchmarks.floor;

import java.io.IOException;
import java.util.List;

/** A JVM that does nothing. */
public final class EmptyJvm {

    private EmptyJvm() {}

    /**
     * Does nothing.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {}

    /**
     * Starts one, with default flags, and waits for its end.
     *
     * @return how long that took, in ms
     * @throws IOException if it cannot be started
     * @throws InterruptedException if the wait is interrupted
     */
    public static double millis() throws IOException, InterruptedException {
        List<String> command =
                List.of(Child.javaExecutable(), "-cp", System.getProperty("java.class.path"), EmptyJvm.class.getName());
        long begin = System.nanoTime();
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        double millis = (System.nanoTime() - begin) / 1e6;
        if (exit != 0) {
            throw new IOException("An empty JVM has ended with exit code " + exit);
        }
        return millis;
    }
}
