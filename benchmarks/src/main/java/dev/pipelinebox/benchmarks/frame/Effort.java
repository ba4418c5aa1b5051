package dev.pipelinebox.benchmarks.frame;

import java.util.OptionalInt;

/**
 * How much is measured.
 *
 * @param rounds how often, if the command line says so
 * @param quick whether only to see that it works; the figures mean nothing then
 */
public record Effort(OptionalInt rounds, boolean quick) {

    /**
     * How often to measure.
     *
     * @param usual the number of rounds if nothing else is said
     * @return the number of rounds
     */
    public int rounds(int usual) {
        return rounds.orElse(quick ? 1 : usual);
    }

    /**
     * How much to measure in a round.
     *
     * @param usual what gives a figure
     * @param little what shows that it works
     * @return one of them
     */
    public int amount(int usual, int little) {
        return quick ? little : usual;
    }
}
