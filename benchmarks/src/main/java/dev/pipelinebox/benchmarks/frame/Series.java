package dev.pipelinebox.benchmarks.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The values of several rounds: a figure, or its floor, measured by turns so that the noise of the machine affects
 * both. Not thread-safe.
 */
public final class Series {

    private final String name;
    private final List<Double> rounds = new ArrayList<>();

    /**
     * Nothing has been measured yet.
     *
     * @param name what is measured
     */
    public Series(String name) {
        this.name = name;
    }

    /**
     * Adds a round.
     *
     * @param value the value of the round
     */
    public void add(double value) {
        rounds.add(value);
    }

    /**
     * What is measured.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The figure of the rounds.
     *
     * @return the figure; empty if nothing was measured
     */
    public Optional<Figure> figure() {
        return rounds.isEmpty() ? Optional.empty() : Optional.of(Figure.of(rounds));
    }
}
