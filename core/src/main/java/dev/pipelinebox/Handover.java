package dev.pipelinebox;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.master.TaskPolicy;
import dev.pipelinebox.master.TaskSink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a run on their way to the master: handed in together, as long as so many are at work that no worker waits
 * for them. Not thread-safe.
 */
final class Handover {

    /** Tasks are handed in together while so many times more are at work. */
    private static final int BATCH_SHARE = 8;

    private static final int LARGEST_BATCH = 128;

    private final Pool pool;
    private final TaskSink sink;
    private final Arrivals arrivals;
    private final List<byte @Nullable []> pending = new ArrayList<>();
    private TaskPolicy policy;

    Handover(Pool pool, TaskSink sink, Arrivals arrivals) {
        this.pool = pool;
        this.sink = sink;
        this.arrivals = arrivals;
        this.policy = pool.policy();
    }

    /** From now on tasks are treated so, where nothing else is said. */
    void treat(TaskPolicy how) {
        policy = how;
    }

    /** Hands in a task at once, treated so, and returns its number. */
    long addNow(byte @Nullable [] payload, TaskPolicy how) {
        long taskId = pool.submit(Collections.singletonList(payload), how, sink);
        arrivals.taken(taskId);
        return taskId;
    }

    /** Hands in the same task for each worker at once, and returns how many these are. */
    int addForEachWorker(byte @Nullable [] payload) {
        List<Long> taskIds = pool.submitToEach(payload, sink);
        taskIds.forEach(arrivals::taken);
        return taskIds.size();
    }

    void add(byte @Nullable [] payload) {
        pending.add(payload);
        flushUnlessPlentyIsAtWork();
    }

    /** A task that cannot be run has a number and an outcome all the same. */
    void addUnwritable(PayloadException error) {
        flush();
        arrivals.taken(pool.refuse(error, policy, sink));
    }

    void flushUnlessPlentyIsAtWork() {
        int atWork = arrivals.atWork();
        boolean plenty = atWork >= 2 * pool.workers() && pending.size() * BATCH_SHARE < atWork;
        if (!plenty || pending.size() >= LARGEST_BATCH) {
            flush();
        }
    }

    void flush() {
        if (pending.isEmpty()) {
            return;
        }
        long first = pool.submit(pending, policy, sink);
        for (int i = 0; i < pending.size(); i++) {
            arrivals.taken(first + i);
        }
        pending.clear();
    }

    /** How many have not been handed in yet. */
    int size() {
        return pending.size();
    }

    void clear() {
        pending.clear();
    }
}
