package dev.pipelinebox.benchmarks.floor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Plain JVMs that compute in parallel, each its own part, without communication. */
public final class BusyJvms implements AutoCloseable {

    private final List<Child> jvms = new ArrayList<>();

    /**
     * Starts them.
     *
     * @param count how many
     * @throws IOException if one cannot be started
     */
    public BusyJvms(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            jvms.add(Child.java(BusyJvms.class, List.of()));
        }
    }

    /**
     * One of them: computes as many times and steps as a line says, and replies.
     *
     * @param arguments none
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            long mixed = 0;
            for (int i = Integer.parseInt(words[0]); i > 0; i--) {
                mixed ^= Work.compute(Long.parseLong(words[1]));
            }
            System.out.println(mixed);
        }
    }

    /**
     * Lets them compute, each the same part.
     *
     * @param times how often, all together
     * @param steps how much each time
     * @return how many times a second, all together
     * @throws IOException if one has ended
     */
    public double rate(int times, long steps) throws IOException {
        long begin = System.nanoTime();
        jvms.forEach(jvm -> jvm.tell(times / jvms.size() + " " + steps));
        for (Child jvm : jvms) {
            jvm.hear();
        }
        return times / ((System.nanoTime() - begin) / 1e9);
    }

    @Override
    public void close() {
        jvms.forEach(Child::close);
    }
}
