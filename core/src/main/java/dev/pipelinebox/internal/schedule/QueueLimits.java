package dev.pipelinebox.internal.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The queued tasks with a queue timeout, by the time when it expires. Not thread-safe. */
final class QueueLimits {

    private static final Comparator<QueuedBatch> BY_EXPIRY = Comparator.comparingLong(
                    (QueuedBatch queued) -> queued.expiresAt)
            .thenComparingLong(queued -> queued.tasks.firstId());

    private final NavigableSet<QueuedBatch> limited = new TreeSet<>(BY_EXPIRY);

    void add(QueuedBatch queued) {
        if (queued.hasQueueLimit()) {
            limited.add(queued);
        }
    }

    void remove(QueuedBatch queued) {
        if (queued.hasQueueLimit()) {
            limited.remove(queued);
        }
    }

    /** The tasks that have waited for longer than their limit. */
    List<QueuedBatch> passed(long now) {
        List<QueuedBatch> passed = new ArrayList<>();
        for (QueuedBatch queued : limited) {
            if (!queued.hasWaitedTooLong(now)) {
                break;
            }
            passed.add(queued);
        }
        return passed;
    }
}
