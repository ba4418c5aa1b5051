package dev.pipelinebox.internal.cluster.tls;

import dev.pipelinebox.internal.cluster.tls.Refusal.Cause;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Writes refusals to the log: of each cause at most one line a minute, however many there are. Thread-safe. */
final class RefusalLog {

    private static final long INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private final Consumer<String> log;
    private final Map<Cause, State> states = new EnumMap<>(Cause.class);

    /** Of one cause. */
    private record State(long lastLine, long unsaid) {}

    /**
     * None yet.
     *
     * @param nanoTime a clock as {@link System#nanoTime}
     * @param log is told each line
     */
    RefusalLog(LongSupplier nanoTime, Consumer<String> log) {
        this.nanoTime = nanoTime;
        this.log = log;
    }

    void add(Refusal refusal) {
        line(refusal).ifPresent(log);
    }

    private synchronized Optional<String> line(Refusal refusal) {
        long now = nanoTime.getAsLong();
        State state = states.get(refusal.cause());
        if (state != null && now - state.lastLine() < INTERVAL_NANOS) {
            states.put(refusal.cause(), new State(state.lastLine(), state.unsaid() + 1));
            return Optional.empty();
        }
        states.put(refusal.cause(), new State(now, 0));
        String others = state == null || state.unsaid() == 0
                ? ""
                : " (" + state.unsaid() + " more since the last line of this kind)";
        return Optional.of(refusal.message() + others);
    }
}
