package dev.pipelinebox.internal.cluster.tls;

import dev.pipelinebox.internal.cluster.tls.Refusal.Cause;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * The connections whose other end has not proved itself yet. They cost bounded memory and time: each is given up after a time,
 * and one for a new one if there are too many. That is any of them: if it were the newest, a program that connects and says
 * nothing could keep all hosts out, and if it were the oldest, one that connects without a pause could. Thread-safe.
 */
final class UnfinishedHandshakes {

    /** A handshake may take so long. */
    static final Duration LONGEST = Duration.ofSeconds(10);

    private final int most;
    private final Timer timer;
    private final Consumer<Cause> onGivenUp;
    private final Map<WatchedEngine, Unfinished> unfinished = new LinkedHashMap<>();

    /** Runs something once. */
    interface Timer {

        /**
         * After a delay.
         *
         * @return what cancels it
         */
        Runnable after(Duration delay, Runnable task);
    }

    private record Unfinished(Runnable wakeUp, Runnable cancel) {}

    UnfinishedHandshakes(int most, Timer timer, Consumer<Cause> onGivenUp) {
        this.most = most;
        this.timer = timer;
        this.onGivenUp = onGivenUp;
    }

    /** A connection that has just been opened, and how its actor is made to look at it. */
    void begin(WatchedEngine connection, Runnable wakeUp) {
        add(connection, wakeUp).ifPresent(excess -> giveUp(excess, Cause.TOO_MANY));
    }

    /**
     * One that has ended its handshake.
     *
     * @return whether it had not done so before
     */
    boolean end(WatchedEngine connection) {
        return remove(connection).isPresent();
    }

    private void giveUp(WatchedEngine connection, Cause cause) {
        remove(connection).ifPresent(ended -> {
            onGivenUp.accept(cause);
            connection.giveUp();
            ended.wakeUp().run();
        });
    }

    /** Returns the one that has to be given up for it. */
    private synchronized Optional<WatchedEngine> add(WatchedEngine connection, Runnable wakeUp) {
        Optional<WatchedEngine> excess = unfinished.size() < most
                ? Optional.empty()
                : unfinished.keySet().stream()
                        .skip(ThreadLocalRandom.current().nextInt(unfinished.size()))
                        .findFirst();
        Runnable cancel = timer.after(LONGEST, () -> giveUp(connection, Cause.TOO_SLOW));
        unfinished.put(connection, new Unfinished(wakeUp, cancel));
        return excess;
    }

    private synchronized Optional<Unfinished> remove(WatchedEngine connection) {
        Optional<Unfinished> ended = Optional.ofNullable(unfinished.remove(connection));
        ended.ifPresent(handshake -> handshake.cancel().run());
        return ended;
    }
}
