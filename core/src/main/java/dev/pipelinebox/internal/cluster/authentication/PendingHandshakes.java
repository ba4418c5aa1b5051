package dev.pipelinebox.internal.cluster.authentication;

import akka.actor.Cancellable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The connections whose other end has not proved yet that it has the key. They cost bounded memory and time: each is given up
 * after a time, and one for a new one if there are too many. That is any of them: if it were the oldest, a program that
 * connects without a pause could push each member out before its handshake has ended. Thread-safe.
 */
final class PendingHandshakes implements KeyedEngine.Listener {

    /** A handshake may take so long. A member whose process was stopped meanwhile connects again. */
    static final Duration LONGEST = Duration.ofSeconds(10);

    private final int most;
    private final Timer timer;
    private final Refusals refusals;
    private final Map<KeyedEngine, Pending> pending = new LinkedHashMap<>();

    /** Runs something once. */
    interface Timer {

        Cancellable after(Duration delay, Runnable task);
    }

    private record Pending(Runnable wakeUp, Cancellable overdue) {}

    PendingHandshakes(int most, Timer timer, Refusals refusals) {
        this.most = most;
        this.timer = timer;
        this.refusals = refusals;
    }

    /** A connection that has just been opened, and how its actor is made to look at it. */
    void begin(KeyedEngine connection, Runnable wakeUp) {
        add(connection, wakeUp).ifPresent(this::giveUp);
    }

    @Override
    public void onAuthenticated(KeyedEngine connection) {
        remove(connection);
    }

    @Override
    public void onRefused(KeyedEngine connection) {
        remove(connection).ifPresent(ended -> refusals.onRefused());
    }

    private void giveUp(KeyedEngine connection) {
        remove(connection).ifPresent(ended -> {
            refusals.onRefused();
            connection.giveUp();
            ended.wakeUp().run();
        });
    }

    /** Returns the one that has to be given up for it. */
    private synchronized Optional<KeyedEngine> add(KeyedEngine connection, Runnable wakeUp) {
        Optional<KeyedEngine> excess = pending.size() < most
                ? Optional.empty()
                : pending.keySet().stream()
                        .skip(ThreadLocalRandom.current().nextInt(pending.size()))
                        .findFirst();
        pending.put(connection, new Pending(wakeUp, timer.after(LONGEST, () -> giveUp(connection))));
        return excess;
    }

    private synchronized Optional<Pending> remove(KeyedEngine connection) {
        Optional<Pending> ended = Optional.ofNullable(pending.remove(connection));
        ended.ifPresent(handshake -> handshake.overdue().cancel());
        return ended;
    }
}
