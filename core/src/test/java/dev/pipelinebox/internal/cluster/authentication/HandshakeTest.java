package dev.pipelinebox.internal.cluster.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.bootstrap.ClusterKey;
import dev.pipelinebox.internal.cluster.authentication.Handshake.Step;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {

    private static final int PORT = 4711;

    private final ClusterKey key = ClusterKey.create();
    private final Handshake server = Handshake.ofServer(key, PORT);

    @Test
    void bothEndsAreDoneIfBothHaveTheKey() {
        Handshake client = Handshake.ofClient(key, PORT);

        client.receive(sent(server));
        server.receive(sent(client));
        assertThat(client.step()).isEqualTo(Step.RECEIVE_PROOF);
        client.receive(sent(server));

        assertThat(server.step()).isEqualTo(Step.DONE);
        assertThat(client.step()).isEqualTo(Step.DONE);
    }

    @Test
    void aClientWithAnotherKeyIsRefusedBeforeItLearnsAProof() {
        Handshake client = Handshake.ofClient(ClusterKey.create(), PORT);

        client.receive(sent(server));
        server.receive(sent(client));

        assertThat(server.step()).isEqualTo(Step.REFUSED);
    }

    @Test
    void aServerWithAnotherKeyIsRefused() {
        Handshake client = Handshake.ofClient(key, PORT);
        client.receive(sent(Handshake.ofServer(ClusterKey.create(), PORT)));
        sent(client);

        client.receive(ByteBuffer.allocate(32));

        assertThat(client.step()).isEqualTo(Step.REFUSED);
    }

    @Test
    void anAnswerOfAnEarlierConnectionIsRefused() {
        Handshake client = Handshake.ofClient(key, PORT);
        client.receive(sent(server));
        ByteBuffer answer = sent(client);
        server.receive(answer.duplicate());
        assertThat(server.step()).isEqualTo(Step.SEND_PROOF);

        Handshake later = Handshake.ofServer(key, PORT);
        sent(later);
        later.receive(answer);

        assertThat(later.step()).isEqualTo(Step.REFUSED);
    }

    /** A stranger that listens where a worker has ended has the answer of a client, but not to the challenge of this port. */
    @Test
    void anAnswerThatWasMeantForAnotherPortIsRefused() {
        Handshake client = Handshake.ofClient(key, PORT + 1);
        client.receive(sent(server));

        server.receive(sent(client));

        assertThat(server.step()).isEqualTo(Step.REFUSED);
    }

    @Test
    void aProofThatIsReflectedIsRefused() {
        Handshake client = Handshake.ofClient(key, PORT);
        client.receive(sent(server));
        ByteBuffer answer = sent(client);

        client.receive(answer.position(32).slice());

        assertThat(client.step()).isEqualTo(Step.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 32, 63})
    void oneBitMakesAnAnswerWrong(int at) {
        Handshake client = Handshake.ofClient(key, PORT);
        client.receive(sent(server));
        ByteBuffer answer = sent(client);
        answer.put(at, (byte) (answer.get(at) ^ 1));

        server.receive(answer);

        assertThat(server.step()).isEqualTo(Step.REFUSED);
    }

    @Test
    void whatAStrangerMakesUpIsRefused() {
        sent(server);
        byte[] answer = new byte[64];
        new Random(1).nextBytes(answer);

        server.receive(ByteBuffer.wrap(answer));

        assertThat(server.step()).isEqualTo(Step.REFUSED);
    }

    @Test
    void noTwoChallengesAreTheSame() {
        assertThat(sent(Handshake.ofServer(key, PORT))).isNotEqualTo(sent(Handshake.ofServer(key, PORT)));
    }

    @Test
    void waitsForTheWholeAnswer() {
        sent(server);

        assertThat(server.isEnough(ByteBuffer.allocate(63))).isFalse();
        assertThat(server.isEnough(ByteBuffer.allocate(64))).isTrue();
    }

    private static ByteBuffer sent(Handshake from) {
        ByteBuffer bytes = ByteBuffer.allocate(1000);
        from.send(bytes);
        return bytes.flip();
    }
}
