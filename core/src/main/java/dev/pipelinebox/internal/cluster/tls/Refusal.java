package dev.pipelinebox.internal.cluster.tls;

/**
 * A connection that was not made, and why.
 *
 * @param cause the kind
 * @param isAccepted whether the other process opened the connection
 * @param message whose certificate was refused, the cause and the remedy
 */
public record Refusal(Cause cause, boolean isAccepted, String message) {

    /** Why a connection was not made. */
    public enum Cause {
        /** The other process has a certificate of another cluster, or of none. */
        OTHER_CLUSTER,
        /** Its certificate is not valid at this time. */
        EXPIRED,
        /** Its role may not connect to this process, or be connected to by it. */
        WRONG_ROLE,
        /** Its certificate is revoked. */
        REVOKED,
        /** It speaks another protocol or an older TLS, has no certificate, or broke off. */
        NO_HANDSHAKE,
        /** It did not prove itself in time. */
        TOO_SLOW,
        /** Too many others were proving themselves. */
        TOO_MANY,
        /** The other process refused the certificate of this one. */
        BY_OTHER
    }
}
