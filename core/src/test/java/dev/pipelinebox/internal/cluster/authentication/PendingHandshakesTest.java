package dev.pipelinebox.internal.cluster.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.Cancellable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PendingHandshakesTest {

    private static final int MOST = 5;

    private final Map<Cancellable, Runnable> timers = new LinkedHashMap<>();
    private final List<Integer> closed = new ArrayList<>();
    private final List<Long> refused = new ArrayList<>();
    private final PendingHandshakes handshakes = new PendingHandshakes(
            MOST,
            (delay, task) -> {
                assertThat(delay).isEqualTo(PendingHandshakes.LONGEST);
                Cancellable timer = new Timer();
                timers.put(timer, task);
                return timer;
            },
            new Refusals(() -> refused.size() * 60_000_000_000L, refused::add));

    private final class Timer implements Cancellable {

        @Override
        public boolean cancel() {
            return timers.remove(this) != null;
        }

        @Override
        public boolean isCancelled() {
            return !timers.containsKey(this);
        }
    }

    @Test
    void theOldestIsClosedForOneThatIsTooMany() {
        for (int i = 0; i < MOST + 2; i++) {
            begin(i);
        }

        assertThat(closed).containsExactly(0, 1);
        assertThat(refused).containsExactly(1L, 1L);
        assertThat(timers).hasSize(MOST);
    }

    @Test
    void oneThatTakesTooLongIsClosed() {
        begin(7);

        timers.values().iterator().next().run();

        assertThat(closed).containsExactly(7);
        assertThat(refused).hasSize(1);
    }

    @Test
    void oneThatHasSucceededIsNeverClosed() {
        KeyedEngine.Listener member = begin(7);
        member.onAuthenticated();
        for (int i = 0; i < MOST; i++) {
            begin(100 + i);
        }

        assertThat(closed).isEmpty();
        assertThat(refused).isEmpty();
        assertThat(timers).hasSize(MOST);
    }

    /** The engine is closed, too, when its connection is. */
    @Test
    void oneIsRefusedOnce() {
        KeyedEngine.Listener stranger = begin(7);
        Runnable overdue = timers.values().iterator().next();

        stranger.onRefused();
        stranger.onRefused();
        overdue.run();

        assertThat(refused).hasSize(1);
        assertThat(closed).isEmpty();
        assertThat(timers).isEmpty();
    }

    private KeyedEngine.Listener begin(int number) {
        return handshakes.begin(() -> closed.add(number));
    }
}
