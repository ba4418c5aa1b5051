package dev.pipelinebox.internal.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Those who wait and have a limit for that, by the time when it is passed. Not thread-safe. */
final class QueueLimits {

    private static final Comparator<QueuedTask> BY_EXPIRY =
            Comparator.comparingLong((QueuedTask entry) -> entry.expiresAt).thenComparingLong(entry -> entry.task.id());

    private final NavigableSet<QueuedTask> limited = new TreeSet<>(BY_EXPIRY);

    void add(QueuedTask entry) {
        if (entry.hasQueueLimit()) {
            limited.add(entry);
        }
    }

    void remove(QueuedTask entry) {
        if (entry.hasQueueLimit()) {
            limited.remove(entry);
        }
    }

    /** Who has waited for longer than it may. */
    List<QueuedTask> passed(long now) {
        List<QueuedTask> passed = new ArrayList<>();
        for (QueuedTask entry : limited) {
            if (!entry.hasWaitedTooLong(now)) {
                break;
            }
            passed.add(entry);
        }
        return passed;
    }
}
