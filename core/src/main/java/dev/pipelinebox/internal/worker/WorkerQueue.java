package dev.pipelinebox.internal.worker;

import dev.pipelinebox.internal.codec.FailureReport;
import dev.pipelinebox.internal.codec.ReportCodec;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.os.SpinThenPark;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that this worker holds, between the thread that receives them and the thread that runs them. A running task is
 * interrupted here too, so that the interrupt reaches this task and no other. Thread-safe.
 */
final class WorkerQueue {

    private final Deque<TaskEnvelope> waiting = new ArrayDeque<>();
    /** How many tasks of the first batch have been taken. */
    private int taken;

    private int workerIndex;
    private @Nullable RunningTask running;
    private @Nullable Thread runner;
    private boolean stopped;

    /** Whether {@link #take} need not wait. */
    private volatile boolean isReady;

    /** Used by the thread that takes. */
    private final SpinThenPark wait = new SpinThenPark();

    WorkerQueue(int workerIndex) {
        this.workerIndex = workerIndex;
    }

    /** A spare has taken over the slot with this index. */
    synchronized void takeSlot(int index) {
        workerIndex = index;
    }

    synchronized void add(List<TaskEnvelope> tasks) {
        if (!stopped) {
            waiting.addAll(tasks);
            onChange();
        }
    }

    /** Waits for a task and marks it as running on this thread; {@code null} when the queue was stopped. */
    @Nullable
    RunningTask take() throws InterruptedException {
        if (isReady) {
            return takeFirst();
        }
        long begin = System.nanoTime();
        wait.lookOut(() -> isReady);
        RunningTask task = takeFirst();
        wait.ended(begin);
        return task;
    }

    private synchronized @Nullable RunningTask takeFirst() throws InterruptedException {
        while (!isReady) {
            wait();
        }
        if (stopped) {
            return null;
        }
        TaskEnvelope batch = waiting.getFirst();
        running = new RunningTask(batch, taken++, workerIndex);
        if (taken == batch.count()) {
            waiting.removeFirst();
            taken = 0;
        }
        runner = Thread.currentThread();
        isReady = !waiting.isEmpty();
        return running;
    }

    private void onChange() {
        isReady = stopped || !waiting.isEmpty();
        notifyAll();
    }

    /**
     * The task has ended; an interrupt of it must not reach the next one. Returns whether another task waits.
     */
    synchronized boolean finished() {
        running = null;
        Thread.interrupted();
        return !waiting.isEmpty();
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Removes those of the tasks that have not been started, and returns their ids. */
    synchronized List<Long> revoke(Collection<Long> taskIds) {
        return remove(taskIds).stream().map(TaskEnvelope::firstId).toList();
    }

    /** Returns those that were removed, each alone. */
    private List<TaskEnvelope> remove(Collection<Long> taskIds) {
        Set<Long> wanted = new HashSet<>(taskIds);
        List<TaskEnvelope> removed = new ArrayList<>();
        List<TaskEnvelope> left = new ArrayList<>();
        for (TaskEnvelope batch : waiting()) {
            part(batch, wanted, removed, left);
        }
        waiting.clear();
        waiting.addAll(left);
        taken = 0;
        onChange();
        return removed;
    }

    /** The tasks of a batch that are not wanted stay together, as far as they are consecutive. */
    private static void part(
            TaskEnvelope batch, Set<Long> wanted, List<TaskEnvelope> removed, List<TaskEnvelope> left) {
        int kept = 0;
        for (int i = 0; i < batch.count(); i++) {
            if (wanted.contains(batch.firstId() + i)) {
                removed.add(batch.slice(i, i + 1));
                if (kept < i) {
                    left.add(batch.slice(kept, i));
                }
                kept = i + 1;
            }
        }
        if (kept < batch.count()) {
            left.add(batch.slice(kept, batch.count()));
        }
    }

    /** The batches without what was taken of the first. */
    private List<TaskEnvelope> waiting() {
        List<TaskEnvelope> batches = new ArrayList<>(waiting);
        if (taken > 0) {
            TaskEnvelope first = batches.get(0);
            batches.set(0, first.slice(taken, first.count()));
        }
        return batches;
    }

    /** Drops or interrupts tasks; the outcomes of those dropped are returned. */
    synchronized List<OutcomeEnvelope> cancel(Collection<Long> taskIds) {
        if (running != null && taskIds.contains(running.taskId()) && !running.isCancelled()) {
            interrupt(running);
        }
        return remove(taskIds).stream().map(WorkerQueue::dropped).toList();
    }

    private static OutcomeEnvelope dropped(TaskEnvelope task) {
        byte[] report = ReportCodec.write(FailureReport.dropped());
        return OutcomeEnvelope.failure(task.firstId(), task.attempt(), report);
    }

    /** The task that runs, if one does. */
    synchronized @Nullable RunningTask running() {
        return running;
    }

    /** Ends {@link #take}, and returns the ids of tasks that have not been started. */
    synchronized List<Long> stop(boolean interrupt) {
        stopped = true;
        List<Long> unstarted = waiting().stream().flatMap(TaskEnvelope::ids).toList();
        waiting.clear();
        taken = 0;
        onChange();
        if (interrupt && running != null) {
            interrupt(running);
        }
        return unstarted;
    }

    private void interrupt(RunningTask task) {
        task.cancel();
        if (runner != null) {
            runner.interrupt();
        }
    }
}
