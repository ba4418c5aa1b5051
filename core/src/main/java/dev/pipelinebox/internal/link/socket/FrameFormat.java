package dev.pipelinebox.internal.link.socket;

import java.nio.ByteBuffer;

/**
 * What a connection carries: frames, each a number of four bytes and as many bytes; and large payloads, each the complement
 * of that number, the task's id, and the bytes. A payload comes before the frame with its envelope.
 */
final class FrameFormat {

    static final int FRAME_HEAD = Integer.BYTES;
    static final int PAYLOAD_HEAD = Integer.BYTES + Long.BYTES;

    /** More than what is sent in one frame: a part of a batch, or a thread dump. */
    static final int LONGEST_FRAME = 16 << 20;

    private FrameFormat() {}

    /** Completes a frame in a buffer that was written from behind the place of its head. */
    static ByteBuffer complete(ByteBuffer written) {
        return written.flip().putInt(0, written.limit() - FRAME_HEAD);
    }

    static ByteBuffer payloadHead(long taskId, int size) {
        return ByteBuffer.allocate(PAYLOAD_HEAD).putInt(~size).putLong(taskId).flip();
    }

    /** Whether a whole head is left in the buffer. */
    static boolean hasHead(ByteBuffer read) {
        int left = read.remaining();
        return left >= PAYLOAD_HEAD || (left >= FRAME_HEAD && !isPayload(read.getInt(read.position())));
    }

    static boolean isPayload(int size) {
        return size < 0;
    }

    static int payloadBytes(int size) {
        return ~size;
    }
}
