package dev.pipelinebox.internal.pool;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A worker as the caller sees it: a place that one process after the other fills. Written by {@link PoolPlan} alone; not
 * thread-safe.
 */
public final class WorkerSlot {

    /** So many deaths in a row are not rested for. */
    private static final int FREE_DEATHS = 1;

    private final WorkerSpec spec;
    private final WorkerListener listener;
    private @Nullable WorkerRecord worker;
    private @Nullable WorkerRecord successor;

    /** The workers whose processes have ended here, and it is not known yet how. */
    private final Set<WorkerRecord> undiagnosed = new HashSet<>();

    /** How often in a row a worker could not be built. */
    private int startFailures;

    /** How often in a row a worker died before it had brought an outcome. */
    private int barrenDeaths;

    /** How often in a row a successor could not be built. */
    private int successorFailures;

    private boolean isResting;
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

    /** Who fills the place, or is being built for it. */
    @Nullable
    WorkerRecord worker() {
        return worker;
    }

    /** Who is being built to take over from a worker that is worn out. */
    @Nullable
    WorkerRecord successor() {
        return successor;
    }

    boolean isFilled() {
        return !isStopping && worker != null && worker.isAtWork();
    }

    /** Waits until something that failed is tried again. */
    boolean isResting() {
        return isResting;
    }

    /**
     * Tells whether a process may be launched here now: nothing is rested for, nor would be if all whose reason is not known
     * yet turned out to have died.
     */
    boolean mayLaunch() {
        return !isResting && (undiagnosed.isEmpty() || barrenDeaths + undiagnosed.size() <= FREE_DEATHS);
    }

    boolean isStopping() {
        return isStopping;
    }

    int startFailures() {
        return startFailures;
    }

    /** How often in a row something has failed here. */
    int failures() {
        return Math.max(Math.max(startFailures, barrenDeaths), successorFailures);
    }

    void fill(WorkerRecord member) {
        worker = member;
        isResting = false;
    }

    void prepare(WorkerRecord member) {
        successor = member;
        isResting = false;
    }

    /** The successor takes over. */
    void succeed() {
        worker = successor;
        successor = null;
    }

    /** Its worker is built and begins. */
    void begun() {
        successorFailures = 0;
        startFailures = 0;
    }

    /** A process has brought an outcome. If it is the worker's, those before it do not matter any more. */
    void proved(WorkerRecord member) {
        if (worker == member) {
            undiagnosed.clear();
            barrenDeaths = 0;
        } else if (undiagnosed.contains(member)) {
            barrenDeaths = 0;
        }
    }

    /**
     * The process of its worker has ended: another one may have the place, though it is not known yet why. So may it have the
     * place of a successor that has ended, too.
     */
    void ended() {
        while (worker != null) {
            undiagnosed.add(worker);
            isResting = false;
            succeed();
            if (worker == null || !worker.hasEndedBuilt()) {
                return;
            }
        }
    }

    void successorFailed() {
        successorFailures++;
        isResting = true;
    }

    /** A process is gone, whatever it was here; tells whether it was the worker. */
    boolean leave(WorkerRecord member) {
        if (worker == member) {
            ended();
        } else if (successor == member) {
            successor = null;
        }
        return undiagnosed.remove(member);
    }

    /** It is known why a worker has ended. */
    void diagnosed(PoolPlan.Cause cause) {
        startFailures += cause == PoolPlan.Cause.START_FAILURE ? 1 : 0;
        barrenDeaths += cause == PoolPlan.Cause.DEATH ? 1 : 0;
        boolean needsRest =
                cause == PoolPlan.Cause.START_FAILURE || (cause == PoolPlan.Cause.DEATH && barrenDeaths > FREE_DEATHS);
        isResting |= worker == null && needsRest;
    }

    void rested() {
        isResting = false;
    }

    void stop() {
        isStopping = true;
    }
}
