package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.internal.task.OutcomeSink;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the waiting tasks of a caller without a look at those of others. They are linked with each other, since most
 * callers of many tasks are a single run, and most others have one task each. Not thread-safe.
 */
final class CallerIndex {

    /** The batch of each caller that was added last. */
    private final IdentityHashMap<OutcomeSink, QueuedBatch> latest = new IdentityHashMap<>();

    void add(QueuedBatch queued) {
        QueuedBatch older = latest.put(queued.tasks.sink(), queued);
        queued.olderOfCaller = older;
        if (older != null) {
            older.newerOfCaller = queued;
        }
    }

    void remove(QueuedBatch queued) {
        QueuedBatch older = queued.olderOfCaller;
        QueuedBatch newer = queued.newerOfCaller;
        if (older != null) {
            older.newerOfCaller = newer;
        }
        if (newer != null) {
            newer.olderOfCaller = older;
        } else if (older != null) {
            latest.put(queued.tasks.sink(), older);
        } else {
            latest.remove(queued.tasks.sink());
        }
        queued.olderOfCaller = null;
        queued.newerOfCaller = null;
    }

    /** The tasks of these callers, in no order. */
    List<QueuedBatch> of(Iterable<OutcomeSink> sinks) {
        List<QueuedBatch> found = new ArrayList<>();
        for (OutcomeSink sink : sinks) {
            collect(latest.get(sink), found);
        }
        return found;
    }

    /** The tasks of all callers, in no order. */
    List<QueuedBatch> all() {
        List<QueuedBatch> found = new ArrayList<>();
        latest.values().forEach(queued -> collect(queued, found));
        return found;
    }

    private static void collect(@Nullable QueuedBatch latestOfCaller, List<QueuedBatch> found) {
        for (QueuedBatch queued = latestOfCaller; queued != null; queued = queued.olderOfCaller) {
            found.add(queued);
        }
    }
}
