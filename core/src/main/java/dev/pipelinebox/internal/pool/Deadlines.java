package dev.pipelinebox.internal.pool;

import dev.pipelinebox.internal.task.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Times that run out, counted in ticks of a timer with a fixed delay: while this process stands still there are none, so
 * nobody's time runs out meanwhile. Not thread-safe.
 */
public final class Deadlines {

    /** What may come too late. */
    public enum Deadline {
        START,
        STOP,
        THREAD_DUMP,
        KILL
    }

    /** The one that is under way, and the one that would be cut off. */
    private static final int TICKS_BEGUN = 2;

    private final long tickNanos;
    private final Map<Deadline, Long> ticksLeft = new EnumMap<>(Deadline.class);

    /** For a timer that ticks so often. */
    public Deadlines(Duration tick) {
        this.tickNanos = tick.toNanos();
    }

    /** Starts one, or starts it over. */
    public void start(Deadline deadline, Duration time) {
        long wholeTicks = Durations.nanos(time) / tickNanos;
        ticksLeft.put(deadline, wholeTicks + TICKS_BEGUN);
    }

    /** Starts one that does not run already. */
    public void startOnce(Deadline deadline, Duration time) {
        if (!ticksLeft.containsKey(deadline)) {
            start(deadline, time);
        }
    }

    public void cancel(Deadline deadline) {
        ticksLeft.remove(deadline);
    }

    /** Counts a tick, and tells which have run out with it. */
    public List<Deadline> tick() {
        List<Deadline> over = new ArrayList<>();
        ticksLeft.replaceAll((deadline, left) -> left - 1);
        ticksLeft.forEach((deadline, left) -> {
            if (left <= 0) {
                over.add(deadline);
            }
        });
        over.forEach(ticksLeft::remove);
        return over;
    }
}
