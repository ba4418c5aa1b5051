package dev.pipelinebox.internal.pool;

import dev.pipelinebox.internal.task.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Deadlines by the time of a {@code SuspendAwareClock}, which is given at intervals. Each begins with the next check, so that
 * none of it has passed before. Not thread-safe.
 */
public final class Deadlines {

    /** What may take too long. */
    public enum Deadline {
        START,
        STOP,
        THREAD_DUMP,
        LINK_ENDED,
        KILL
    }

    /** The lengths of those that begin with the next check. */
    private final Map<Deadline, Duration> starting = new EnumMap<>(Deadline.class);

    private final Map<Deadline, Long> ends = new EnumMap<>(Deadline.class);

    /** Starts one, or starts it over. */
    public void start(Deadline deadline, Duration time) {
        cancel(deadline);
        starting.put(deadline, time);
    }

    /** Starts one unless it runs already. */
    public void startOnce(Deadline deadline, Duration time) {
        if (!ends.containsKey(deadline)) {
            starting.putIfAbsent(deadline, time);
        }
    }

    public void cancel(Deadline deadline) {
        starting.remove(deadline);
        ends.remove(deadline);
    }

    /** To be called at intervals, with nanoseconds that never go back: which have expired since the last check. */
    public List<Deadline> expired(long now) {
        List<Deadline> expired = new ArrayList<>();
        ends.forEach((deadline, end) -> {
            if (now >= end) {
                expired.add(deadline);
            }
        });
        expired.forEach(ends::remove);
        starting.forEach((deadline, time) -> ends.put(deadline, Durations.later(now, time)));
        starting.clear();
        return expired;
    }
}
