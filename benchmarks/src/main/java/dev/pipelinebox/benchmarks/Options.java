package dev.pipelinebox.benchmarks;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What the command line says.
 *
 * @param only the names of the benchmarks to run; empty for all
 * @param json whether figures are printed as JSON, one object a line
 * @param seconds how long a benchmark that can be of any length takes
 * @param workers how many workers it has
 * @param everyMillis how often it is disturbed
 * @param seed what random choices come from
 */
record Options(Set<String> only, boolean json, int seconds, int workers, int everyMillis, int seed) {

    static final String USAGE = "Usage: Benchmarks [--only NAME]... [--json] [--seconds 1..3600] [--workers 1..64]"
            + " [--every 10..60000 (ms)] [--seed N]";

    private static final int SECONDS = 60;
    private static final int WORKERS = 4;
    private static final int EVERY_MILLIS = 300;

    static Options parse(List<String> arguments, List<String> known) {
        Set<String> only = new LinkedHashSet<>();
        boolean json = false;
        int seconds = SECONDS;
        int workers = WORKERS;
        int everyMillis = EVERY_MILLIS;
        int seed = new SplittableRandom().nextInt(1_000_000);
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String option = rest.remove();
            switch (option) {
                case "--only" -> only.add(name(rest, known));
                case "--json" -> json = true;
                case "--seconds" -> seconds = number(option, rest, 1, 3600);
                case "--workers" -> workers = number(option, rest, 1, 64);
                case "--every" -> everyMillis = number(option, rest, 10, 60_000);
                case "--seed" -> seed = number(option, rest, 0, Integer.MAX_VALUE);
                default -> throw new IllegalArgumentException("There is no option " + option);
            }
        }
        return new Options(only, json, seconds, workers, everyMillis, seed);
    }

    boolean selects(String name) {
        return only.isEmpty() || only.contains(name);
    }

    private static String name(Deque<String> rest, List<String> known) {
        String name = rest.isEmpty() ? "" : rest.remove();
        if (!known.contains(name)) {
            throw new IllegalArgumentException("--only needs one of " + String.join(", ", known));
        }
        return name;
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
