package dev.pipelinebox.internal.pool;

import dev.pipelinebox.internal.task.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Times that run out, by the time of an {@code SuspendAwareClock}, which is told at intervals. Each begins with the next look, so that
 * nothing of it has passed before. Not thread-safe.
 */
public final class Deadlines {

    /** What may come too late. */
    public enum Deadline {
        START,
        STOP,
        THREAD_DUMP,
        KILL
    }

    /** How long those last that begin with the next look. */
    private final Map<Deadline, Duration> toBegin = new EnumMap<>(Deadline.class);

    private final Map<Deadline, Long> ends = new EnumMap<>(Deadline.class);

    /** Starts one, or starts it over. */
    public void start(Deadline deadline, Duration time) {
        cancel(deadline);
        toBegin.put(deadline, time);
    }

    /** Starts one that does not run already. */
    public void startOnce(Deadline deadline, Duration time) {
        if (!ends.containsKey(deadline)) {
            toBegin.putIfAbsent(deadline, time);
        }
    }

    public void cancel(Deadline deadline) {
        toBegin.remove(deadline);
        ends.remove(deadline);
    }

    /** To be asked at intervals, with nanoseconds that never go back: which have run out since the last look. */
    public List<Deadline> over(long now) {
        List<Deadline> over = new ArrayList<>();
        ends.forEach((deadline, end) -> {
            if (now >= end) {
                over.add(deadline);
            }
        });
        over.forEach(ends::remove);
        toBegin.forEach((deadline, time) -> ends.put(deadline, Durations.later(now, time)));
        toBegin.clear();
        return over;
    }
}
