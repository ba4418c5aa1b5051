package dev.pipelinebox.master;

import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskCancelledException;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.api.WorkerLostException;
import dev.pipelinebox.protocol.OutcomeEnvelope;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Tells monitors what becomes of tasks, and callers their outcomes, the monitors first. */
final class Reporter {

    /** For a worker whose end the master did not see. */
    private static final WorkerExit UNSEEN =
            new WorkerExit(0, -1, WorkerExit.Cause.UNSEEN, "its end was not seen", "", "", "");

    private final TaskMonitor events;
    private final Executor delivery;
    private final int maxAttempts;

    Reporter(TaskMonitor events, Executor delivery, int maxAttempts) {
        this.events = events;
        this.delivery = delivery;
        this.maxAttempts = maxAttempts;
    }

    /** A worker brought a task's outcome. */
    void ended(Task task, int workerIndex, OutcomeEnvelope envelope) {
        events.onResultRetrievedFromWorker(workerIndex, task.id());
        byte[] payload = envelope.payload();
        deliver(
                task,
                envelope.success() || payload == null
                        ? new Outcome.Returned(payload)
                        : new Outcome.Threw(payload, workerIndex));
    }

    /** What was in a worker's hands waits again, is given up, or is wanted no more. */
    void released(TaskTable.Loss loss, int workerIndex, Optional<WorkerExit> exit) {
        loss.requeued().forEach(task -> events.onEvent(new PoolEvent.TaskRequeued(workerIndex, task.id())));
        for (Task task : loss.failed()) {
            events.onEvent(new PoolEvent.TaskAbandoned(workerIndex, task.id()));
            refuse(task, lost(task, workerIndex, exit.orElse(UNSEEN)));
        }
        for (Task task : loss.dropped()) {
            events.onEvent(new PoolEvent.TaskAbandoned(workerIndex, task.id()));
            cancelled(List.of(task));
        }
    }

    void cancelled(List<Task> tasks) {
        tasks.forEach(task -> refuse(
                task, new TaskCancelledException("Task " + task.id() + " was cancelled before it had a result")));
    }

    void closed(List<Task> tasks) {
        tasks.forEach(task -> refuse(task, new MasterClosedException("The master was closed before the task had run")));
    }

    void refused(List<Task> tasks, PipelineBoxException error) {
        tasks.forEach(task -> refuse(task, error));
    }

    private void refuse(Task task, PipelineBoxException error) {
        deliver(task, new Outcome.Refused(error));
    }

    private void deliver(Task task, Outcome outcome) {
        delivery.execute(() -> task.sink().onOutcome(task.id(), outcome));
    }

    private WorkerLostException lost(Task task, int workerIndex, WorkerExit exit) {
        return new WorkerLostException(
                "Task " + task.id() + " was given up after " + maxAttempts
                        + " attempts (pipelinebox.task.max-attempts), each of which ended its worker; the last was"
                        + " worker " + workerIndex + ", " + exit,
                exit);
    }
}
