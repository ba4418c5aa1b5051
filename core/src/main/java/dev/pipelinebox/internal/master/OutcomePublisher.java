package dev.pipelinebox.internal.master;

import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskCancelledException;
import dev.pipelinebox.api.TaskTimeoutException;
import dev.pipelinebox.internal.codec.ReportCodec;
import dev.pipelinebox.internal.event.TaskEvents;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.schedule.CrashAttribution;
import dev.pipelinebox.internal.schedule.Quarantine;
import dev.pipelinebox.internal.schedule.Scheduler;
import dev.pipelinebox.internal.schedule.TaskFailures;
import dev.pipelinebox.internal.task.Outcome;
import dev.pipelinebox.internal.task.OutcomeBatch;
import dev.pipelinebox.internal.task.OutcomeSink;
import dev.pipelinebox.internal.task.Payloads;
import dev.pipelinebox.internal.task.Task;
import dev.pipelinebox.internal.task.TaskBatch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Tells monitors what becomes of tasks, and callers their outcomes, the monitors first. */
final class OutcomePublisher {

    private final TaskEvents events;
    private final Executor delivery;
    private final OutcomeBatcher batcher;
    private final Quarantine quarantine;
    private final TaskCounters counters = new TaskCounters();

    OutcomePublisher(TaskEvents events, Executor delivery, Quarantine quarantine) {
        this.events = events;
        this.delivery = delivery;
        this.batcher = new OutcomeBatcher(delivery);
        this.quarantine = quarantine;
    }

    /** Of all tasks up to now. */
    TaskCounters counters() {
        return counters;
    }

    void added(TaskBatch tasks) {
        counters.added(tasks.count());
        if (events.areHeard()) {
            Optional<String> name = tasks.policy().standing().name();
            tasks.ids().forEach(taskId -> {
                events.onTaskAdded(taskId);
                name.ifPresent(shown -> events.onEvent(new PoolEvent.TaskNamed(taskId, shown)));
            });
        }
    }

    /** Tasks are sent to a worker. */
    void attached(TaskBatch tasks, int workerIndex) {
        if (events.areHeard()) {
            tasks.ids().forEach(taskId -> events.onTaskAttachedToWorker(workerIndex, taskId));
        }
    }

    /** No task is left: completes these futures after the outcomes of all tasks. */
    void drained(List<CompletableFuture<Void>> waiting) {
        waiting.forEach(done -> delivery.execute(() -> done.complete(null)));
    }

    /** A worker sent the outcomes of tasks, among them these, which their caller gets with the next {@link #flush}. */
    void ended(Scheduler.Finished finished, int workerIndex, OutcomeEnvelope envelope, boolean halted) {
        TaskBatch tasks = finished.tasks();
        if (events.areHeard()) {
            tasks.ids().forEach(taskId -> events.onResultRetrievedFromWorker(workerIndex, taskId));
        }
        if (envelope.success()) {
            int first = (int) (tasks.firstId() - envelope.firstId());
            Payloads results = envelope.payloads().slice(first, first + tasks.count());
            deliver(tasks.sink(), tasks.firstId(), new Outcome.Returned(results));
        } else {
            failed(finished, workerIndex, envelope.report(), halted);
        }
    }

    /** If the task was interrupted for its limit, or since the master was halted, what it threw is only the cause. */
    private void failed(Scheduler.Finished finished, int workerIndex, byte[] payload, boolean halted) {
        Task task = finished.tasks().task(0);
        if (finished.wasInterrupted()) {
            deliver(task, new Outcome.Refused(TaskFailures.interrupted(task, workerIndex, thrown(payload))));
        } else if (halted && wasInterrupted(payload)) {
            deliver(task, new Outcome.Refused(TaskFailures.halted(task, workerIndex, thrown(payload))));
        } else {
            deliver(task, new Outcome.Threw(payload, workerIndex, task.shown()));
        }
    }

    /** Callers get the outcomes that workers have sent. */
    void flush() {
        batcher.flush();
    }

    /** Tasks that were in flight are queued again, given up or dropped. */
    void released(Scheduler.Loss loss, int workerIndex) {
        loss.requeued().forEach(task -> events.onEvent(new PoolEvent.TaskRequeued(workerIndex, task.id())));
        for (CrashAttribution.GivenUp givenUp : loss.failed()) {
            Task task = givenUp.task();
            events.onEvent(new PoolEvent.TaskAbandoned(workerIndex, task.id()));
            PipelineBoxException error = TaskFailures.givenUp(givenUp, workerIndex);
            quarantine.add(task, error, Instant.now());
            deliver(task, new Outcome.Refused(error));
        }
        loss.dropped().forEach(task -> events.onEvent(new PoolEvent.TaskAbandoned(workerIndex, task.id())));
        cancelled(loss.dropped());
    }

    /** Tasks have waited too long for a worker. */
    void expired(List<Task> tasks) {
        tasks.forEach(task -> events.onEvent(new PoolEvent.TaskTimedOut(task.id(), TaskTimeoutException.Limit.QUEUE)));
        refuse(tasks, TaskFailures::waitedTooLong);
    }

    /** Tasks were for workers that are stopped or given up. */
    void unassignable(List<Task> tasks) {
        refuse(tasks, TaskFailures::unassignable);
    }

    void cancelled(List<Task> tasks) {
        refuse(
                tasks,
                task -> new TaskCancelledException("Task " + task.shown() + " was cancelled before it had a result"));
    }

    void closed(List<Task> tasks) {
        refuse(tasks, task -> new MasterClosedException("The master was closed before the task had finished"));
    }

    void refused(List<Task> tasks, PipelineBoxException error) {
        refuse(tasks, task -> error);
    }

    private static Throwable thrown(byte[] report) {
        return ReportCodec.read(report).toThrowable();
    }

    private static boolean wasInterrupted(byte[] report) {
        return ReportCodec.read(report).typesThrownByTask().contains(InterruptedException.class.getName());
    }

    private void deliver(Task task, Outcome outcome) {
        deliver(task.sink(), task.id(), outcome);
    }

    private void deliver(OutcomeSink sink, long firstId, Outcome outcome) {
        counters.ended(outcome);
        batcher.add(sink, new OutcomeBatch(firstId, outcome));
    }

    /** Callers get these outcomes now, those of one caller together. */
    private void refuse(List<Task> tasks, Function<Task, PipelineBoxException> error) {
        tasks.forEach(task -> deliver(task, new Outcome.Refused(error.apply(task))));
        batcher.flush();
    }
}
