package dev.pipelinebox.internal.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The queued tasks with a queue timeout, by the time when it expires. Not thread-safe. */
final class QueueLimits {

    private static final Comparator<QueuedTask> BY_EXPIRY = Comparator.comparingLong(
                    (QueuedTask queued) -> queued.expiresAt)
            .thenComparingLong(queued -> queued.task.id());

    private final NavigableSet<QueuedTask> limited = new TreeSet<>(BY_EXPIRY);

    void add(QueuedTask queued) {
        if (queued.hasQueueLimit()) {
            limited.add(queued);
        }
    }

    void remove(QueuedTask queued) {
        if (queued.hasQueueLimit()) {
            limited.remove(queued);
        }
    }

    /** The tasks that have waited for longer than their limit. */
    List<QueuedTask> passed(long now) {
        List<QueuedTask> passed = new ArrayList<>();
        for (QueuedTask queued : limited) {
            if (!queued.hasWaitedTooLong(now)) {
                break;
            }
            passed.add(queued);
        }
        return passed;
    }
}
