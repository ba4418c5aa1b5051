package dev.pipelinebox.internal.cluster.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.cluster.tls.Refusal.Cause;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

class UnfinishedHandshakesTest {

    private static final int MOST = 5;

    private final List<Runnable> timers = new ArrayList<>();
    private final List<Integer> closed = new ArrayList<>();
    private final List<Cause> refused = new ArrayList<>();
    private final UnfinishedHandshakes handshakes = new UnfinishedHandshakes(
            MOST,
            (delay, task) -> {
                assertThat(delay).isEqualTo(UnfinishedHandshakes.LONGEST);
                timers.add(task);
                return () -> timers.remove(task);
            },
            refused::add);

    /** Is not told anything here. */
    private static final class Deaf implements WatchedEngine.Listener {

        @Override
        public void onFinished(WatchedEngine connection) {
            throw new AssertionError();
        }

        @Override
        public void onFailed(WatchedEngine connection, SSLException cause) {
            throw new AssertionError(cause);
        }
    }

    @Test
    void anotherIsClosedForOneThatIsTooMany() {
        for (int i = 0; i < MOST + 2; i++) {
            begin(i);
        }

        assertThat(closed).hasSize(2).doesNotHaveDuplicates().doesNotContain(MOST + 1);
        assertThat(refused).containsExactly(Cause.TOO_MANY, Cause.TOO_MANY);
        assertThat(timers).hasSize(MOST);
    }

    /** Each survives a new one by four fifths. If it were the oldest or the newest that is closed, a flood could keep hosts out. */
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
        WatchedEngine slow = begin(7);
        assertThat(slow.isInboundDone()).isFalse();

        timers.get(0).run();

        assertThat(closed).containsExactly(7);
        assertThat(refused).containsExactly(Cause.TOO_SLOW);
        assertThat(slow.isInboundDone()).isTrue();
        assertThat(slow.isOutboundDone()).isTrue();
    }

    @Test
    void oneThatHasEndedItsHandshakeIsNeverClosed() {
        WatchedEngine member = begin(7);
        Runnable overdue = timers.get(0);
        assertThat(handshakes.end(member)).isTrue();
        assertThat(handshakes.end(member)).isFalse();
        overdue.run();
        for (int i = 0; i < MOST; i++) {
            begin(100 + i);
        }

        assertThat(closed).isEmpty();
        assertThat(refused).isEmpty();
        assertThat(timers).hasSize(MOST);
    }

    private WatchedEngine begin(int number) {
        try {
            WatchedEngine connection =
                    new WatchedEngine(SSLContext.getDefault().createSSLEngine(), "a test", new Deaf());
            handshakes.begin(connection, () -> closed.add(number));
            return connection;
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
