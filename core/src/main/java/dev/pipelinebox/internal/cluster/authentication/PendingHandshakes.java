package dev.pipelinebox.internal.cluster.authentication;

import akka.actor.Cancellable;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections whose other end has not proved yet that it has the key. They cost bounded memory and time: each is closed
 * after a time, and the oldest for a new one if there are too many. Thread-safe.
 */
final class PendingHandshakes {

    /** A handshake may take so long. A member whose process was stopped meanwhile connects again. */
    static final Duration LONGEST = Duration.ofSeconds(10);

    private final int most;
    private final Timer timer;
    private final Refusals refusals;
    private final Set<Pending> pending = new LinkedHashSet<>();

    /** Runs something once. */
    interface Timer {

        Cancellable after(Duration delay, Runnable task);
    }

    PendingHandshakes(int most, Timer timer, Refusals refusals) {
        this.most = most;
        this.timer = timer;
        this.refusals = refusals;
    }

    /** A connection that has just been opened, and how it can be closed. */
    KeyedEngine.Listener begin(Runnable close) {
        Pending begun = new Pending(close);
        add(begun).ifPresent(Pending::close);
        return begun;
    }

    /** Returns the one that has to be closed for it. */
    private synchronized Optional<Pending> add(Pending begun) {
        Optional<Pending> oldest =
                pending.size() < most ? Optional.empty() : pending.stream().findFirst();
        pending.add(begun);
        begun.overdue = timer.after(LONGEST, begun::close);
        return oldest;
    }

    private synchronized boolean remove(Pending ended) {
        if (ended.overdue != null) {
            ended.overdue.cancel();
        }
        return pending.remove(ended);
    }

    private final class Pending implements KeyedEngine.Listener {

        private final Runnable close;
        private @Nullable Cancellable overdue;

        Pending(Runnable close) {
            this.close = close;
        }

        @Override
        public void onAuthenticated() {
            remove(this);
        }

        @Override
        public void onRefused() {
            if (remove(this)) {
                refusals.onRefused();
            }
        }

        void close() {
            if (remove(this)) {
                refusals.onRefused();
                close.run();
            }
        }
    }
}
