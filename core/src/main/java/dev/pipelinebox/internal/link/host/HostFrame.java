package dev.pipelinebox.internal.link.host;

import org.jspecify.annotations.Nullable;

/** Marks the only types that a master and a host exchange; bound to {@link HostSerializer} in the settings of their system. */
public sealed interface HostFrame {

    /**
     * The first words of a host, said again until they are answered by a frame of the link.
     *
     * @param address the host's end of the link, a serialised actor reference
     * @param hello who it is
     */
    record Contact(String address, Hello hello) implements HostFrame {}

    /**
     * A frame of the link from a host.
     *
     * @param seq the frame's number, from 1; 0 for a frame that only acknowledges
     * @param ack the last frame of the other direction that has arrived
     * @param body the message; {@code null} exactly if {@code seq} is 0
     */
    record ToMaster(long seq, long ack, @Nullable HostToMaster body) implements HostFrame {}

    /** The same from the master. */
    record ToHost(long seq, long ack, @Nullable MasterToHost body) implements HostFrame {}

    /**
     * A host asks whether its workers may go on. It is sent once, outside of the link: an old request must not be granted.
     *
     * @param number of the request, from 1
     * @param lastGranted the number of the last request that was granted; 0 if none was
     * @param roundTripNanos how long that took; 0 if none was
     */
    record LeaseRequest(long number, long lastGranted, long roundTripNanos) implements HostFrame {}

    /** They may, by this request. */
    record LeaseGrant(long number) implements HostFrame {}
}
