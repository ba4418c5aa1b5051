package dev.pipelinebox.master;

import dev.pipelinebox.protocol.Demand;
import java.time.Duration;

/** One process of a master's, from its launch to its end. Not thread-safe. */
final class PoolMember {

    /** The index of a process that fills no place yet. */
    static final int SPARE = -1;

    /** The stations of its life; some are skipped, none is gone back to. */
    enum State {
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

    final long process;
    final WorkerSpec spec;
    State state = State.STARTING;
    /** The number of the place that it fills, or will fill, or has filled; {@link #SPARE} if that is open. */
    int index;

    boolean isWorn;
    /** Its process has ended or is about to, so it is good for nothing more. */
    boolean isDying;

    long pid;
    Demand demand = new Demand(1, 0);
    Duration startup = Duration.ZERO;

    PoolMember(long process, WorkerSpec spec, int index) {
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

    boolean isSpare() {
        return index == SPARE;
    }

    boolean isGoing() {
        return state == State.DRAINING || state == State.ENDING;
    }
}
