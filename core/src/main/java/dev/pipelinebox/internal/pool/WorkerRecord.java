package dev.pipelinebox.internal.pool;

import dev.pipelinebox.internal.task.Demand;
import java.time.Duration;

/** One process of a master's, from its launch to its end. Not thread-safe. */
public final class WorkerRecord {

    /** The index of a process that fills no place yet. */
    public static final int SPARE = -1;

    /** The stations of its life; some are skipped, none is gone back to. */
    public enum State {
        /** Its worker is being built. */
        STARTING,
        /** Its worker is built and waits for a place. */
        IDLE,
        /** It fills a place. */
        AT_WORK,
        /** Another one fills its place, or nobody does any more, and it finishes what it runs. */
        DRAINING,
        /** It was asked to stop. */
        ENDING
    }

    public final long process;
    public final WorkerSpec spec;
    public State state = State.STARTING;
    /** The number of the place that it fills, or will fill, or has filled; {@link #SPARE} if that is open. */
    public int index;

    public boolean isWorn;
    /** Its process has ended or is about to, so it is good for nothing more. */
    public boolean isDying;

    public long pid;
    public Demand demand = new Demand(1, 0);
    public Duration startup = Duration.ZERO;

    WorkerRecord(long process, WorkerSpec spec, int index) {
        this.process = process;
        this.spec = spec;
        this.index = index;
    }

    boolean isReadyForWork() {
        return state == State.IDLE && !isDying;
    }

    /** Ready, and worth taking the place of another. */
    boolean isFitForWork() {
        return isReadyForWork() && !isWorn;
    }

    public boolean isSpare() {
        return index == SPARE;
    }

    public boolean isGoing() {
        return state == State.DRAINING || state == State.ENDING;
    }
}
