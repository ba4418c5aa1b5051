package dev.pipelinebox.benchmarks.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was measured round by round: the figure in question, or its floor, measured by turns with it so that the noise of
 * the machine strikes both. Not thread-safe.
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
     * @param value what it gave
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
     * What the rounds gave.
     *
     * @return the figure; empty if nothing was measured
     */
    public Optional<Figure> figure() {
        return rounds.isEmpty() ? Optional.empty() : Optional.of(Figure.of(rounds));
    }
}
