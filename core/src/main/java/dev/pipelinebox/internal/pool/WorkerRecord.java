package dev.pipelinebox.internal.pool;

import dev.pipelinebox.api.HostHandle;
import dev.pipelinebox.internal.task.Demand;
import java.time.Duration;

/** One process of a master, from its launch to its end. Written by {@link PoolPlan} and its parts alone; not thread-safe. */
public final class WorkerRecord {

    /** The index of a process that fills no slot yet. */
    public static final int SPARE = -1;

    /** In their order; some may be skipped, none is entered twice. */
    public enum State {
        /** Its worker is being built. */
        STARTING,
        /** Its worker is built and waits for a slot. */
        IDLE,
        /** It fills a slot and takes tasks. */
        ACTIVE,
        /** It takes no more tasks, and finishes what it has. */
        DRAINING,
        /** It was asked to stop. */
        ENDING
    }

    private final long process;
    private final WorkerSpec spec;
    private State state = State.STARTING;
    private int index;
    private boolean isDueForRecycling;
    private boolean isRetired;
    private boolean hasEnded;
    private long pid;
    private String host = HostHandle.LOCAL;
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

    /** The index of the slot that it fills, will fill or has filled; {@link #SPARE} for a spare. */
    public int index() {
        return index;
    }

    /** The first demand, sent when its worker was built. */
    public Demand demand() {
        return demand;
    }

    /** The time from its launch until its worker was built. */
    public Duration startup() {
        return startup;
    }

    /** Zero before it was launched. */
    public long pid() {
        return pid;
    }

    /** The name of its machine. */
    public String host() {
        return host;
    }

    boolean isDueForRecycling() {
        return isDueForRecycling;
    }

    /** Its process has ended or is about to, so it is of no more use. */
    boolean hasEnded() {
        return hasEnded;
    }

    /** It has ended, and its start had not failed. */
    boolean hasEndedAfterReady() {
        return hasEnded && state != State.STARTING;
    }

    boolean isAvailable() {
        return state == State.IDLE && !hasEnded;
    }

    /** Available, and not due for recycling itself. */
    boolean canFillASlot() {
        return isAvailable() && !isDueForRecycling;
    }

    public boolean isSpare() {
        return index == SPARE;
    }

    boolean isActive() {
        return state == State.ACTIVE;
    }

    public boolean isLeaving() {
        return state == State.DRAINING || state == State.ENDING;
    }

    void launched(long launchedPid, String launchedOn) {
        host = launchedOn;
        pid = launchedPid;
    }

    void ready(Demand firstDemand, Duration timeSinceLaunch) {
        demand = firstDemand;
        startup = timeSinceLaunch;
        state = state == State.STARTING ? State.IDLE : state;
    }

    void assign(int slot) {
        index = slot;
    }

    void markForRecycling() {
        isDueForRecycling = true;
    }

    /** Its machine is to be left. */
    void retire() {
        isRetired = true;
    }

    boolean isToBeRetired() {
        return isRetired && !isLeaving() && !hasEnded;
    }

    void markAsEnded() {
        hasEnded = true;
    }

    void enter(State next) {
        state = next;
    }
}
