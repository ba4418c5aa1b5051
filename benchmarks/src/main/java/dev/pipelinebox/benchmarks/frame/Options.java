package dev.pipelinebox.benchmarks.frame;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The options of the command line.
 *
 * @param only the names of the benchmarks to run; empty for all
 * @param json whether figures are printed as JSON, one object a line
 * @param effort how much is measured
 * @param chaos how workers are killed and frozen in the chaos benchmark
 */
public record Options(Set<String> only, boolean json, Effort effort, ChaosOptions chaos) {

    /** The usage of the command line. */
    public static final String USAGE = "Usage: Benchmarks [--only NAME...] [--json] [--rounds 1..100] [--quick]"
            + " [--seconds 1..3600] [--workers 1..64] [--every 10..60000 (ms)] [--seed N]";

    private static final int SECONDS = 60;
    private static final int WORKERS = 4;
    private static final int EVERY_MILLIS = 300;

    /**
     * Reads a command line.
     *
     * @param arguments its words
     * @param known the names of all benchmarks
     * @return the options
     * @throws IllegalArgumentException if it does not match {@link #USAGE}
     */
    public static Options parse(List<String> arguments, List<String> known) {
        Set<String> only = new LinkedHashSet<>();
        boolean json = false;
        boolean quick = false;
        OptionalInt rounds = OptionalInt.empty();
        int seconds = SECONDS;
        int workers = WORKERS;
        int everyMillis = EVERY_MILLIS;
        int seed = new SplittableRandom().nextInt(1_000_000);
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String option = rest.remove();
            switch (option) {
                case "--only" -> only.addAll(names(rest, known));
                case "--json" -> json = true;
                case "--quick" -> quick = true;
                case "--rounds" -> rounds = OptionalInt.of(number(option, rest, 1, 100));
                case "--seconds" -> seconds = number(option, rest, 1, 3600);
                case "--workers" -> workers = number(option, rest, 1, 64);
                case "--every" -> everyMillis = number(option, rest, 10, 60_000);
                case "--seed" -> seed = number(option, rest, 0, Integer.MAX_VALUE);
                default -> throw new IllegalArgumentException("There is no option " + option);
            }
        }
        return new Options(
                only, json, new Effort(rounds, quick), new ChaosOptions(seconds, workers, everyMillis, seed));
    }

    /**
     * Tells whether a benchmark is to be run.
     *
     * @param name its name
     * @return whether it is named, or none is
     */
    public boolean selects(String name) {
        return only.isEmpty() || only.contains(name);
    }

    private static Set<String> names(Deque<String> rest, List<String> known) {
        Set<String> names = new LinkedHashSet<>();
        while (!rest.isEmpty() && !rest.getFirst().startsWith("--")) {
            names.add(rest.remove());
        }
        if (names.isEmpty() || !known.containsAll(names)) {
            throw new IllegalArgumentException("--only needs some of " + String.join(", ", known));
        }
        return names;
    }

    private static int number(String option, Deque<String> rest, int least, int most) {
        try {
            int number = Integer.parseInt(rest.remove());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException | NoSuchElementException missing) {
            // Said below.
        }
        throw new IllegalArgumentException(option + " needs a number from " + least + " to " + most);
    }
}
