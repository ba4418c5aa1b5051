package dev.pipelinebox.internal.cluster.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.internal.bootstrap.ClusterKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

class KeyedEngineTest {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ClusterKey key = ClusterKey.create();
    private final List<String> heard = new ArrayList<>();
    private final KeyedEngine server = KeyedEngine.ofServer(Handshake.ofServer(key, 1, 0), new Listener("server"));
    private final KeyedEngine client = KeyedEngine.ofClient(Handshake.ofClient(key, 1, 0), new Listener("client"));

    private final class Listener implements KeyedEngine.Listener {

        private final String name;

        Listener(String name) {
            this.name = name;
        }

        @Override
        public void onAuthenticated(KeyedEngine connection) {
            heard.add(name + " authenticated");
        }

        @Override
        public void onRefused(KeyedEngine connection) {
            heard.add(name + " refused");
        }
    }

    @Test
    void bytesPassAsTheyAreAfterTheHandshake() throws Exception {
        shakeHands();

        assertThat(read(server, wrapped(client, "hello"))).isEqualTo("hello");
        assertThat(read(client, wrapped(server, "here"))).isEqualTo("here");
        assertThat(heard).containsExactly("server authenticated", "client authenticated");
        assertThat(server.getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);
    }

    @Test
    void whatDoesNotFitIsLeft() throws Exception {
        shakeHands();
        ByteBuffer source = ByteBuffer.wrap(new byte[10]);
        ByteBuffer target = ByteBuffer.allocate(6);

        assertThat(server.unwrap(source, target).bytesConsumed()).isEqualTo(6);
        assertThat(server.unwrap(source, target).getStatus()).isEqualTo(Status.BUFFER_OVERFLOW);
        assertThat(source.remaining()).isEqualTo(4);
        assertThat(server.unwrap(NOTHING, target).getStatus()).isEqualTo(Status.BUFFER_UNDERFLOW);
    }

    @Test
    void nothingPassesBeforeTheHandshake() throws Exception {
        ByteBuffer target = ByteBuffer.allocate(100);

        client.wrap(ByteBuffer.wrap(new byte[10]), target);
        server.unwrap(ByteBuffer.wrap(new byte[10]), target);

        assertThat(target.position()).isZero();
    }

    /** A client that does not wait for the proof of the server has its bytes wait. */
    @Test
    void whatComesWithTheAnswerIsNotReadBeforeTheProofIsSent() throws Exception {
        client.unwrap(wrapped(server, ""), NOTHING);
        ByteBuffer early =
                ByteBuffer.allocate(100).put(wrapped(client, "")).put((byte) 7).flip();
        ByteBuffer target = ByteBuffer.allocate(100);

        server.unwrap(early, target);
        server.unwrap(early, target);
        assertThat(target.position()).isZero();
        assertThat(client.wrap(ByteBuffer.wrap(new byte[10]), target).bytesProduced())
                .isZero();

        wrapped(server, "");
        server.unwrap(early, target);
        assertThat(target.position()).isEqualTo(1);
    }

    @Test
    void aPartOfAnAnswerIsWaitedFor() throws Exception {
        wrapped(server, "");

        assertThat(server.unwrap(ByteBuffer.allocate(71), NOTHING).getStatus()).isEqualTo(Status.BUFFER_UNDERFLOW);
        assertThat(heard).isEmpty();
    }

    @Test
    void aServerEndsTheConnectionOfAStrangerSilently() throws Exception {
        wrapped(server, "");

        assertThat(server.unwrap(ByteBuffer.allocate(72), NOTHING).getStatus()).isEqualTo(Status.CLOSED);

        assertThat(server.isInboundDone()).isTrue();
        assertThat(server.isOutboundDone()).isTrue();
        assertThat(heard).containsExactly("server refused");
        ByteBuffer target = ByteBuffer.allocate(100);
        assertThat(server.wrap(ByteBuffer.wrap(new byte[10]), target).getStatus())
                .isEqualTo(Status.CLOSED);
        assertThat(target.position()).isZero();
    }

    @Test
    void aClientFailsAtAStranger() throws Exception {
        client.unwrap(ByteBuffer.allocate(32), NOTHING);
        wrapped(client, "");

        assertThatThrownBy(() -> client.unwrap(ByteBuffer.allocate(32), NOTHING))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("does not have the key");
    }

    @Test
    void aConnectionThatIsGivenUpEndsWithTheNextBytesOrNone() throws Exception {
        server.giveUp();
        assertThat(heard).isEmpty();

        assertThat(server.unwrap(NOTHING, NOTHING).getStatus()).isEqualTo(Status.CLOSED);

        assertThat(server.isInboundDone()).isTrue();
        assertThat(server.isOutboundDone()).isTrue();
        assertThat(heard).containsExactly("server refused");
    }

    @Test
    void aConnectionThatEndsBeforeTheProofIsRefused() {
        server.closeInbound();

        server.closeOutbound();
        assertThat(heard).containsExactly("server refused");
        assertThat(server.isOutboundDone()).isTrue();
    }

    @Test
    void anEndThatIsClosedSaysSoOnce() throws Exception {
        shakeHands();

        client.closeOutbound();
        assertThat(client.getHandshakeStatus()).isEqualTo(HandshakeStatus.NEED_WRAP);
        assertThat(client.wrap(NOTHING, ByteBuffer.allocate(10)).getStatus()).isEqualTo(Status.CLOSED);

        assertThat(client.isOutboundDone()).isTrue();
        assertThat(client.isInboundDone()).isTrue();
        assertThat(client.getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);
    }

    private void shakeHands() throws SSLException {
        assertThat(server.getHandshakeStatus()).isEqualTo(HandshakeStatus.NEED_WRAP);
        assertThat(client.getHandshakeStatus()).isEqualTo(HandshakeStatus.NEED_UNWRAP);
        client.unwrap(wrapped(server, ""), NOTHING);
        server.unwrap(wrapped(client, ""), NOTHING);
        ByteBuffer proof = ByteBuffer.allocate(100);
        assertThat(server.wrap(NOTHING, proof).getHandshakeStatus()).isEqualTo(HandshakeStatus.FINISHED);
        assertThat(client.unwrap(proof.flip(), NOTHING).getHandshakeStatus()).isEqualTo(HandshakeStatus.FINISHED);
    }

    private static ByteBuffer wrapped(KeyedEngine engine, String text) throws SSLException {
        ByteBuffer target = ByteBuffer.allocate(1000);
        engine.wrap(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), target);
        return target.flip();
    }

    private static String read(KeyedEngine engine, ByteBuffer from) throws SSLException {
        ByteBuffer target = ByteBuffer.allocate(1000);
        engine.unwrap(from, target);
        return StandardCharsets.UTF_8.decode(target.flip()).toString();
    }
}
