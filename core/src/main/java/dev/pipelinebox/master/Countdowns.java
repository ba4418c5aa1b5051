package dev.pipelinebox.master;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Times that run out, counted in ticks of a timer with a fixed delay: while this process stands still there are none, so
 * nobody's time runs out meanwhile. Not thread-safe.
 */
final class Countdowns {

    /** The one that is under way, and the one that would be cut off. */
    private static final int TICKS_BEGUN = 2;

    private final long tickNanos;
    private final Map<EntryCommand.Timer, Long> ticksLeft = new EnumMap<>(EntryCommand.Timer.class);

    /** For a timer that ticks so often. */
    Countdowns(Duration tick) {
        this.tickNanos = tick.toNanos();
    }

    /** Starts one, or starts it over. */
    void start(EntryCommand.Timer timer, Duration time) {
        long wholeTicks = Durations.nanos(time) / tickNanos;
        ticksLeft.put(timer, wholeTicks + TICKS_BEGUN);
    }

    /** Starts one that does not run already. */
    void startOnce(EntryCommand.Timer timer, Duration time) {
        if (!ticksLeft.containsKey(timer)) {
            start(timer, time);
        }
    }

    void cancel(EntryCommand.Timer timer) {
        ticksLeft.remove(timer);
    }

    /** Counts a tick, and tells which have run out with it. */
    List<EntryCommand.Timer> tick() {
        List<EntryCommand.Timer> over = new ArrayList<>();
        ticksLeft.replaceAll((timer, left) -> left - 1);
        ticksLeft.forEach((timer, left) -> {
            if (left <= 0) {
                over.add(timer);
            }
        });
        over.forEach(ticksLeft::remove);
        return over;
    }
}
