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

    /** Clocks may be negative. */
    private static final long NOW = -5;

    private final ClusterKey key = ClusterKey.create();
    private final Handshake server = Handshake.ofServer(key, PORT, NOW);

    @Test
    void bothEndsAreDoneIfBothHaveTheKey() {
        Handshake client = Handshake.ofClient(key, PORT, NOW);

        client.receive(sent(server));
        server.receive(sent(client));
        assertThat(client.step()).isEqualTo(Step.RECEIVE_PROOF);
        client.receive(sent(server));

        assertThat(server.step()).isEqualTo(Step.DONE);
        assertThat(client.step()).isEqualTo(Step.DONE);
    }

    @Test
    void aClientWithAnotherKeyIsRefusedBeforeItLearnsAProof() {
        Handshake client = Handshake.ofClient(ClusterKey.create(), PORT, NOW);

        client.receive(sent(server));
        server.receive(sent(client));

        assertThat(server.step()).isEqualTo(Step.REFUSED);
    }

    /** It takes any answer, and gives the proof that its key makes of the client's challenge. */
    @Test
    void aServerWithAnotherKeyIsRefused() {
        assertThat(stepAfterProofBy(ClusterKey.create())).isEqualTo(Step.REFUSED);
        assertThat(stepAfterProofBy(key)).isEqualTo(Step.DONE);
    }

    private Step stepAfterProofBy(ClusterKey another) {
        Handshake client = Handshake.ofClient(key, PORT, NOW);
        byte[] challenge = new byte[32];
        client.receive(ByteBuffer.wrap(challenge));
        byte[] ofClient = new byte[32];
        sent(client).get(ofClient);
        client.receive(ByteBuffer.wrap(Handshake.proof(another, Handshake.SERVER, PORT, NOW, challenge, ofClient)));
        return client.step();
    }

    /**
     * A stranger listened at the port when the client connected, and keeps that connection until a member listens there: then
     * it would be between the two.
     */
    @Test
    void aClientThatConnectedBeforeTheServerListenedIsRefused() {
        Handshake client = Handshake.ofClient(key, PORT, NOW);
        Handshake later = Handshake.ofServer(key, PORT, NOW + 10);
        client.receive(sent(later));

        later.receive(sent(client));

        assertThat(later.step()).isEqualTo(Step.REFUSED);
    }

    @Test
    void aClientThatConnectsLaterIsNot() {
        Handshake client = Handshake.ofClient(key, PORT, NOW + 10);
        client.receive(sent(server));

        server.receive(sent(client));

        assertThat(server.step()).isEqualTo(Step.SEND_PROOF);
    }

    @Test
    void anAnswerOfAnEarlierConnectionIsRefused() {
        Handshake client = Handshake.ofClient(key, PORT, NOW);
        client.receive(sent(server));
        ByteBuffer answer = sent(client);
        server.receive(answer.duplicate());
        assertThat(server.step()).isEqualTo(Step.SEND_PROOF);

        Handshake later = Handshake.ofServer(key, PORT, NOW);
        sent(later);
        later.receive(answer);

        assertThat(later.step()).isEqualTo(Step.REFUSED);
    }

    /** A stranger that listens where a worker has ended has the answer of a client, but not to the challenge of this port. */
    @Test
    void anAnswerThatWasMeantForAnotherPortIsRefused() {
        Handshake client = Handshake.ofClient(key, PORT + 1, NOW);
        client.receive(sent(server));

        server.receive(sent(client));

        assertThat(server.step()).isEqualTo(Step.REFUSED);
    }

    @Test
    void aProofThatIsReflectedIsRefused() {
        Handshake client = Handshake.ofClient(key, PORT, NOW);
        client.receive(sent(server));
        ByteBuffer answer = sent(client);

        client.receive(answer.position(40).slice());

        assertThat(client.step()).isEqualTo(Step.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 32, 39, 40, 71})
    void oneBitMakesAnAnswerWrong(int at) {
        Handshake client = Handshake.ofClient(key, PORT, NOW);
        client.receive(sent(server));
        ByteBuffer answer = sent(client);
        answer.put(at, (byte) (answer.get(at) ^ 1));

        server.receive(answer);

        assertThat(server.step()).isEqualTo(Step.REFUSED);
    }

    @Test
    void whatAStrangerMakesUpIsRefused() {
        sent(server);
        byte[] answer = new byte[72];
        new Random(1).nextBytes(answer);

        server.receive(ByteBuffer.wrap(answer));

        assertThat(server.step()).isEqualTo(Step.REFUSED);
    }

    @Test
    void noTwoChallengesAreTheSame() {
        assertThat(sent(Handshake.ofServer(key, PORT, NOW))).isNotEqualTo(sent(Handshake.ofServer(key, PORT, NOW)));
    }

    @Test
    void waitsForTheWholeAnswer() {
        sent(server);

        assertThat(server.isEnough(ByteBuffer.allocate(71))).isFalse();
        assertThat(server.isEnough(ByteBuffer.allocate(72))).isTrue();
    }

    private static ByteBuffer sent(Handshake from) {
        ByteBuffer bytes = ByteBuffer.allocate(1000);
        from.send(bytes);
        return bytes.flip();
    }
}
