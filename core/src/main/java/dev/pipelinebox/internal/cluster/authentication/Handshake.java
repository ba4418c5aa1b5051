package dev.pipelinebox.internal.cluster.authentication;

import dev.pipelinebox.internal.bootstrap.ClusterKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves to each end of a connection that the other one has the key. The server sends a challenge. The client answers with a
 * challenge, the time at which it began to connect, and its proof. The server answers with its own proof. A proof is the HMAC
 * of all of these, of who gives it, and of the server's port.
 *
 * <p>So a program without the key can neither make a proof nor use one again. Nor can it pass challenge and answer on between
 * two members, and be in the middle afterwards: it would have to listen at the port of the server when the client connects,
 * hence before the server does, and a server refuses clients that began before it. Times are those of
 * {@link System#nanoTime}, which all processes of a machine share. Pure state, for one connection.
 */
final class Handshake {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int CHALLENGE_BYTES = 32;
    private static final int PROOF_BYTES = 32;
    private static final int ANSWER_BYTES = CHALLENGE_BYTES + Long.BYTES + PROOF_BYTES;

    private static final byte CLIENT = 'c';
    static final byte SERVER = 's';

    private static final SecureRandom RANDOM = new SecureRandom();

    /** What is to be done next. */
    enum Step {
        SEND_CHALLENGE(CHALLENGE_BYTES),
        RECEIVE_CHALLENGE(CHALLENGE_BYTES),
        SEND_ANSWER(ANSWER_BYTES),
        RECEIVE_ANSWER(ANSWER_BYTES),
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
    private final long earliest;
    private long begun;
    private final byte[] own = new byte[CHALLENGE_BYTES];
    private final byte[] other = new byte[CHALLENGE_BYTES];
    private Step step;

    private Handshake(ClusterKey key, int port, long earliest, Step first) {
        this.key = key;
        this.port = port;
        this.earliest = earliest;
        this.begun = earliest;
        this.step = first;
        RANDOM.nextBytes(own);
    }

    /**
     * The end that has accepted a connection.
     *
     * @param port where it listens
     * @param earliest the time before which it did not
     */
    static Handshake ofServer(ClusterKey key, int port, long earliest) {
        return new Handshake(key, port, earliest, Step.SEND_CHALLENGE);
    }

    /**
     * The end that connects.
     *
     * @param port to which it connects
     * @param begun the time at which it began to
     */
    static Handshake ofClient(ClusterKey key, int port, long begun) {
        return new Handshake(key, port, begun, Step.RECEIVE_CHALLENGE);
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
                out.put(own).putLong(begun).put(proof(CLIENT, other, own));
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
                begun = in.getLong();
                boolean isRight = isNext(in, proof(CLIENT, own, other));
                step = isRight && begun - earliest >= 0 ? Step.SEND_PROOF : Step.REFUSED;
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
        return proof(key, of, port, begun, server, client);
    }

    static byte[] proof(ClusterKey key, byte of, int port, long begun, byte[] server, byte[] client) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.bytes(), ALGORITHM));
            mac.update(of);
            mac.update(ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                    .putInt(port)
                    .putLong(begun)
                    .flip());
            mac.update(server);
            return mac.doFinal(client);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, impossible);
        }
    }
}
