package dev.pipelinebox.internal.pool;

import dev.pipelinebox.internal.task.Demand;
import java.time.Duration;

/** One process of a master's, from its launch to its end. Written by {@link PoolPlan} alone; not thread-safe. */
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

    private final long process;
    private final WorkerSpec spec;
    private State state = State.STARTING;
    private int index;
    private boolean isWorn;
    private boolean isDying;
    private long pid;
    private Demand demand = new Demand(1, 0);
    private Duration startup = Duration.ZERO;

    WorkerRecord(long process, WorkerSpec spec, int index) {
        this.process = process;
        this.spec = spec;
        this.index = index;
    }

    public long process() {
        return process;
    }

    public WorkerSpec spec() {
        return spec;
    }

    public State state() {
        return state;
    }

    /** The number of the place that it fills, or will fill, or has filled; {@link #SPARE} if that is open. */
    public int index() {
        return index;
    }

    /** As it was told when its worker was built. */
    public Demand demand() {
        return demand;
    }

    /** What it took from its launch until its worker was built. */
    public Duration startup() {
        return startup;
    }

    /** Zero before it was launched. */
    public long pid() {
        return pid;
    }

    boolean isWorn() {
        return isWorn;
    }

    /** Its process has ended or is about to, so it is good for nothing more. */
    boolean isDying() {
        return isDying;
    }

    /** It has ended, and that was no failed start. */
    boolean hasEndedBuilt() {
        return isDying && state != State.STARTING;
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

    boolean isAtWork() {
        return state == State.AT_WORK;
    }

    public boolean isGoing() {
        return state == State.DRAINING || state == State.ENDING;
    }

    void launched(long launchedPid) {
        pid = launchedPid;
    }

    void ready(Demand firstDemand, Duration timeSinceLaunch) {
        demand = firstDemand;
        startup = timeSinceLaunch;
        state = state == State.STARTING ? State.IDLE : state;
    }

    void assign(int place) {
        index = place;
    }

    void worn() {
        isWorn = true;
    }

    void dying() {
        isDying = true;
    }

    void enter(State next) {
        state = next;
    }
}
