package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.internal.task.OutcomeSink;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the waiting tasks of a caller without a look at those of others. They are linked through their entries, since most
 * callers of many tasks are a single run, and most others have one task each. Not thread-safe.
 */
final class CallerIndex {

    /** The task of each caller that was added last. */
    private final IdentityHashMap<OutcomeSink, QueuedTask> latest = new IdentityHashMap<>();

    void add(QueuedTask entry) {
        QueuedTask older = latest.put(entry.task.sink(), entry);
        entry.olderOfCaller = older;
        if (older != null) {
            older.newerOfCaller = entry;
        }
    }

    void remove(QueuedTask entry) {
        QueuedTask older = entry.olderOfCaller;
        QueuedTask newer = entry.newerOfCaller;
        if (older != null) {
            older.newerOfCaller = newer;
        }
        if (newer != null) {
            newer.olderOfCaller = older;
        } else if (older != null) {
            latest.put(entry.task.sink(), older);
        } else {
            latest.remove(entry.task.sink());
        }
        entry.olderOfCaller = null;
        entry.newerOfCaller = null;
    }

    /** The tasks of these callers, in no order. */
    List<QueuedTask> of(Iterable<OutcomeSink> sinks) {
        List<QueuedTask> found = new ArrayList<>();
        for (OutcomeSink sink : sinks) {
            collect(latest.get(sink), found);
        }
        return found;
    }

    /** The tasks of all callers, in no order. */
    List<QueuedTask> all() {
        List<QueuedTask> found = new ArrayList<>();
        latest.values().forEach(entry -> collect(entry, found));
        return found;
    }

    private static void collect(@Nullable QueuedTask latestOfCaller, List<QueuedTask> found) {
        for (QueuedTask entry = latestOfCaller; entry != null; entry = entry.olderOfCaller) {
            found.add(entry);
        }
    }
}
