package dev.pipelinebox.internal.master;

import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.api.WorkerStartException;
import dev.pipelinebox.internal.pool.PoolAction;
import dev.pipelinebox.internal.pool.WorkerRecord;
import dev.pipelinebox.internal.pool.WorkerSlot;
import dev.pipelinebox.internal.pool.WorkerSpec;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells monitors, listeners of workers and the log what happens to processes and workers. */
final class WorkerPublisher {

    private static final String NOT_SEEN = "its end was not seen";

    private final TaskMonitor events;

    WorkerPublisher(TaskMonitor events) {
        this.events = events;
    }

    void added(WorkerSpec spec) {
        events.onWorkerAdded(spec.index(), spec.parameters());
    }

    void launched(WorkerRecord record, Optional<WorkerSlot> slot) {
        slot.ifPresent(filled -> filled.listener().onLaunched(record.pid(), record.host()));
        if (!record.isSpare()) {
            events.onEvent(new PoolEvent.WorkerStarted(record.index(), record.pid()));
        }
    }

    /** A worker was built; it does not take tasks yet. */
    void built(WorkerRecord record, Duration startup) {
        if (record.isSpare()) {
            events.onEvent(new PoolEvent.SpareBecameReady(record.pid(), startup));
        }
    }

    /** A spare has become the worker of this slot. */
    void spareAssigned(WorkerRecord record, WorkerSlot slot) {
        events.onEvent(new PoolEvent.WorkerStarted(slot.index(), record.pid()));
    }

    void ready(WorkerRecord record, WorkerSlot slot) {
        events.onEvent(new PoolEvent.WorkerBecameReady(slot.index(), record.pid(), record.startup()));
        slot.listener().onLaunched(record.pid(), record.host());
        slot.listener().onReady();
    }

    void recyclingDue(WorkerRecord record, String reason) {
        if (!record.isSpare()) {
            events.onEvent(new PoolEvent.WorkerWornOut(record.index(), reason));
        }
    }

    /** The log has a line if the process was not leaving. */
    void exited(WorkerRecord record, MasterCommand.Gone gone) {
        if (record.isSpare()) {
            return;
        }
        gone.exit().ifPresent(exit -> events.onEvent(new PoolEvent.WorkerExited(record.index(), exit)));
        if (!record.isLeaving() && gone.startFailure().isEmpty()) {
            String how = gone.exit()
                    .map(exit -> "process " + exit.pid() + " " + exit.reason())
                    .orElse(NOT_SEEN);
            log().warn("Worker {}: {}", record.index(), how);
        }
    }

    void stopped(WorkerSlot slot) {
        slot.listener().onStopped();
    }

    /** The last start that was tried. */
    void givenUp(WorkerRecord record, Optional<WorkerSlot> slot, WorkerStartException error) {
        startFailed(record, error, true);
        slot.ifPresent(givenUp -> givenUp.listener().onGivenUp(error));
    }

    /** A start that is tried again. */
    void startFailed(WorkerRecord record, WorkerStartException error) {
        startFailed(record, error, false);
    }

    private void startFailed(WorkerRecord record, WorkerStartException error, boolean givenUp) {
        log().warn("{}: {}", givenUp ? "Given up" : "To be tried again", error.getMessage());
        events.onEvent(new PoolEvent.WorkerStartFailed(record.index(), error, givenUp));
    }

    void spareLost(MasterCommand.Gone gone) {
        String reason = gone.startFailure()
                .map(Throwable::getMessage)
                .or(() -> gone.exit().map(WorkerExit::toString))
                .orElse(NOT_SEEN);
        log().warn("A spare worker was lost: {}", reason);
        events.onEvent(new PoolEvent.SpareLost(reason));
    }

    void backingOff(PoolAction.BackOff backOff) {
        log().info(
                        "Worker {} is started again in {} ms, since one process after the other has ended here"
                                + " (pipelinebox.worker.restart-backoff)",
                        backOff.index(),
                        backOff.backoff().toMillis());
    }

    private static Logger log() {
        return LoggerFactory.getLogger(WorkerPublisher.class);
    }
}
