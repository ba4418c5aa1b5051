package dev.pipelinebox.internal.pool;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A worker as the caller sees it: one process after the other fills it. Written by {@link PoolPlan} and its parts alone; not
 * thread-safe.
 */
public final class WorkerSlot {

    /** So many deaths in a row cause no back-off. */
    private static final int DEATHS_WITHOUT_BACKOFF = 1;

    /**
     * So many processes in a row that were killed from outside while they started cause no back-off. More are no accident: the
     * system may have killed them for want of memory.
     */
    static final int KILLED_STARTS_WITHOUT_BACKOFF = 10;

    private final WorkerSpec spec;
    private final WorkerListener listener;
    private @Nullable WorkerRecord worker;
    private @Nullable WorkerRecord replacement;

    /** Processes of the slot that have ended and whose cause is not known yet. */
    private final Set<WorkerRecord> causeUnknown = new HashSet<>();

    /** How often in a row a worker could not be built. */
    private int startFailures;

    /** How often in a row a process ended before it had sent an outcome. */
    private int deathsWithoutOutcome;

    /** How often in a row a process was killed from outside while it started. */
    private int killedStarts;

    /** How often in a row a replacement could not be built. */
    private int replacementFailures;

    private boolean isBackingOff;
    private boolean isStopping;

    WorkerSlot(WorkerSpec spec, WorkerListener listener) {
        this.spec = spec;
        this.listener = listener;
    }

    public int index() {
        return spec.index();
    }

    WorkerSpec spec() {
        return spec;
    }

    public WorkerListener listener() {
        return listener;
    }

    /** The process that fills the slot, or is being built for it. */
    @Nullable
    WorkerRecord worker() {
        return worker;
    }

    /** The process that is being built to replace a worker that is due for recycling. */
    @Nullable
    WorkerRecord replacement() {
        return replacement;
    }

    boolean isReady() {
        return !isStopping && worker != null && worker.isActive();
    }

    /** Waits before the next attempt, after a failure. */
    boolean isBackingOff() {
        return isBackingOff;
    }

    /**
     * Tells whether a process may be launched here now: there is no back-off, nor would there be one if all processes whose
     * cause is not known yet had crashed.
     */
    boolean mayLaunch() {
        return !isBackingOff
                && (causeUnknown.isEmpty() || deathsWithoutOutcome + causeUnknown.size() <= DEATHS_WITHOUT_BACKOFF);
    }

    boolean isStopping() {
        return isStopping;
    }

    int startFailures() {
        return startFailures;
    }

    /** How often in a row something has failed here; the largest of the three counts. */
    int failures() {
        return Math.max(Math.max(startFailures, deathsWithoutOutcome), replacementFailures);
    }

    void fill(WorkerRecord record) {
        worker = record;
        isBackingOff = false;
    }

    void setReplacement(WorkerRecord record) {
        replacement = record;
        isBackingOff = false;
    }

    /** The replacement becomes the worker. */
    void promote() {
        worker = replacement;
        replacement = null;
    }

    /** Its worker is built and takes tasks. */
    void onActivated() {
        replacementFailures = 0;
        startFailures = 0;
        killedStarts = 0;
    }

    /** A process has sent an outcome. If it is the current worker, earlier ends do not matter any more. */
    void onOutcome(WorkerRecord record) {
        if (worker == record) {
            causeUnknown.clear();
            deathsWithoutOutcome = 0;
        } else if (causeUnknown.contains(record)) {
            deathsWithoutOutcome = 0;
        }
    }

    /** Its machine is to be left: another process fills the slot, and this one finishes what it holds. */
    void onRetired(WorkerRecord record) {
        if (worker == record) {
            isBackingOff = false;
            promote();
        } else if (replacement == record) {
            replacement = null;
        }
    }

    /**
     * The process of its worker has ended: another one may fill the slot, although the cause is not known yet. The same holds
     * for a replacement that has ended, too.
     */
    void onEnded() {
        while (worker != null) {
            causeUnknown.add(worker);
            isBackingOff = false;
            promote();
            if (worker == null || !worker.hasEndedAfterReady()) {
                return;
            }
        }
    }

    /** What the end of a process counts as: one that was killed at its start is explained, unless there are too many. */
    PoolPlan.Cause counted(PoolPlan.Cause cause) {
        if (cause != PoolPlan.Cause.KILLED_AT_START) {
            return cause;
        }
        killedStarts++;
        return killedStarts <= KILLED_STARTS_WITHOUT_BACKOFF ? PoolPlan.Cause.EXPLAINED : PoolPlan.Cause.START_FAILURE;
    }

    /** A replacement is gone before it could take over. */
    void onReplacementGone(PoolPlan.Cause cause) {
        if (cause != PoolPlan.Cause.EXPLAINED) {
            replacementFailures++;
            isBackingOff = true;
        }
    }

    /** A process is gone; tells whether its cause still has to be counted. */
    boolean remove(WorkerRecord record) {
        if (worker == record) {
            onEnded();
        } else if (replacement == record) {
            replacement = null;
        }
        return causeUnknown.remove(record);
    }

    /** The cause of the end of a worker is known. */
    void onCauseKnown(PoolPlan.Cause cause) {
        startFailures += cause == PoolPlan.Cause.START_FAILURE ? 1 : 0;
        deathsWithoutOutcome += cause == PoolPlan.Cause.DEATH ? 1 : 0;
        boolean needsBackoff = cause == PoolPlan.Cause.START_FAILURE
                || (cause == PoolPlan.Cause.DEATH && deathsWithoutOutcome > DEATHS_WITHOUT_BACKOFF);
        isBackingOff |= worker == null && needsBackoff;
    }

    void onBackoffOver() {
        isBackingOff = false;
    }

    void stop() {
        isStopping = true;
    }
}
