package dev.pipelinebox.internal.cluster.authentication;

import dev.pipelinebox.internal.bootstrap.ClusterKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves to each end of a connection that the other one has the key. The server sends a challenge; the client answers with a
 * challenge and its proof; the server answers with its own. A proof is the HMAC of both challenges, of who gives it, and of
 * the server's port: so a stranger can neither repeat nor reflect one, nor pass it on to another server. Pure state, for one
 * connection.
 */
final class Handshake {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int CHALLENGE_BYTES = 32;
    private static final int PROOF_BYTES = 32;

    private static final byte CLIENT = 'c';
    private static final byte SERVER = 's';

    private static final SecureRandom RANDOM = new SecureRandom();

    /** What is to be done next. */
    enum Step {
        SEND_CHALLENGE(CHALLENGE_BYTES),
        RECEIVE_CHALLENGE(CHALLENGE_BYTES),
        SEND_ANSWER(CHALLENGE_BYTES + PROOF_BYTES),
        RECEIVE_ANSWER(CHALLENGE_BYTES + PROOF_BYTES),
        SEND_PROOF(PROOF_BYTES),
        RECEIVE_PROOF(PROOF_BYTES),
        /** Both ends have proved that they have the key. */
        DONE(0),
        /** The other end has not. */
        REFUSED(0);

        private final int bytes;

        Step(int bytes) {
            this.bytes = bytes;
        }

        boolean sends() {
            return this == SEND_CHALLENGE || this == SEND_ANSWER || this == SEND_PROOF;
        }

        boolean receives() {
            return this == RECEIVE_CHALLENGE || this == RECEIVE_ANSWER || this == RECEIVE_PROOF;
        }
    }

    private final ClusterKey key;
    private final int port;
    private final byte[] own = new byte[CHALLENGE_BYTES];
    private final byte[] other = new byte[CHALLENGE_BYTES];
    private Step step;

    private Handshake(ClusterKey key, int port, Step first) {
        this.key = key;
        this.port = port;
        this.step = first;
        RANDOM.nextBytes(own);
    }

    static Handshake ofServer(ClusterKey key, int port) {
        return new Handshake(key, port, Step.SEND_CHALLENGE);
    }

    static Handshake ofClient(ClusterKey key, int port) {
        return new Handshake(key, port, Step.RECEIVE_CHALLENGE);
    }

    Step step() {
        return step;
    }

    /** Whether there is room for what is to be sent, or all has come that is to be received. */
    boolean isEnough(ByteBuffer bytes) {
        return bytes.remaining() >= step.bytes;
    }

    /** Puts in what is to be sent. */
    void send(ByteBuffer out) {
        switch (step) {
            case SEND_CHALLENGE -> {
                out.put(own);
                step = Step.RECEIVE_ANSWER;
            }
            case SEND_ANSWER -> {
                out.put(own).put(proof(CLIENT, other, own));
                step = Step.RECEIVE_PROOF;
            }
            case SEND_PROOF -> {
                out.put(proof(SERVER, own, other));
                step = Step.DONE;
            }
            default -> throw new IllegalStateException("Nothing is to be sent at " + step);
        }
    }

    /** Takes what is to be received. */
    void receive(ByteBuffer in) {
        switch (step) {
            case RECEIVE_CHALLENGE -> {
                in.get(other);
                step = Step.SEND_ANSWER;
            }
            case RECEIVE_ANSWER -> {
                in.get(other);
                step = isNext(in, proof(CLIENT, own, other)) ? Step.SEND_PROOF : Step.REFUSED;
            }
            case RECEIVE_PROOF -> step = isNext(in, proof(SERVER, other, own)) ? Step.DONE : Step.REFUSED;
            default -> throw new IllegalStateException("Nothing is to be received at " + step);
        }
    }

    private static boolean isNext(ByteBuffer in, byte[] expected) {
        byte[] shown = new byte[PROOF_BYTES];
        in.get(shown);
        return MessageDigest.isEqual(expected, shown);
    }

    private byte[] proof(byte of, byte[] server, byte[] client) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.bytes(), ALGORITHM));
            mac.update(of);
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, port));
            mac.update(server);
            return mac.doFinal(client);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, impossible);
        }
    }
}
