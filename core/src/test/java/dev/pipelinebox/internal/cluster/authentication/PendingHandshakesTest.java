package dev.pipelinebox.internal.cluster.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.Cancellable;
import dev.pipelinebox.internal.bootstrap.ClusterKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PendingHandshakesTest {

    private static final int MOST = 5;

    private final ClusterKey key = ClusterKey.create();
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
    void anotherIsClosedForOneThatIsTooMany() {
        for (int i = 0; i < MOST + 2; i++) {
            begin(i);
        }

        assertThat(closed).hasSize(2).doesNotHaveDuplicates().doesNotContain(MOST + 1);
        assertThat(refused).containsExactly(1L, 1L);
        assertThat(timers).hasSize(MOST);
    }

    /** Each survives a new one by four fifths. If it were the oldest that is closed, none could. */
    @Test
    void aFloodDoesNotPushEachConnectionOut() {
        int survived = 0;
        for (int i = 0; i < 1000; i++) {
            closed.clear();
            begin(MOST + i);
            for (int j = 0; j < MOST; j++) {
                begin(j);
            }
            survived += closed.contains(MOST + i) ? 0 : 1;
        }

        assertThat(survived).isBetween(150, 550);
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
        KeyedEngine member = begin(7);
        handshakes.onAuthenticated(member);
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
        KeyedEngine stranger = begin(7);
        Runnable overdue = timers.values().iterator().next();

        handshakes.onRefused(stranger);
        handshakes.onRefused(stranger);
        overdue.run();

        assertThat(refused).hasSize(1);
        assertThat(closed).isEmpty();
        assertThat(timers).isEmpty();
    }

    private KeyedEngine begin(int number) {
        KeyedEngine connection = KeyedEngine.ofServer(Handshake.ofServer(key, 1, 0), handshakes);
        handshakes.begin(connection, () -> closed.add(number));
        return connection;
    }
}
