package dev.pipelinebox.benchmarks.frame;

import java.util.OptionalInt;

/**
 * The amount of measuring.
 *
 * @param rounds the number of rounds, if the command line sets it
 * @param quick whether only to check that it works; then the figures mean nothing
 */
public record Effort(OptionalInt rounds, boolean quick) {

    /**
     * The number of rounds.
     *
     * @param usual the default number of rounds
     * @return the number of rounds
     */
    public int rounds(int usual) {
        return rounds.orElse(quick ? 1 : usual);
    }

    /**
     * The amount of work in a round.
     *
     * @param usual an amount that gives a figure
     * @param little an amount that shows that it works
     * @return one of them
     */
    public int amount(int usual, int little) {
        return quick ? little : usual;
    }
}
