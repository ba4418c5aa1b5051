package dev.pipelinebox.internal.link.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The first frame of a worker: the number of its process, and the one-time token that the process was started with. */
record Greeting(long process, String token) {

    static final int LONGEST = 256;

    static ByteBuffer of(long process, String token) {
        byte[] secret = token.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocate(FrameFormat.FRAME_HEAD + Long.BYTES + secret.length);
        buffer.position(FrameFormat.FRAME_HEAD);
        return FrameFormat.complete(buffer.putLong(process).put(secret));
    }

    static Greeting read(ByteBuffer frame) throws IOException {
        if (frame.remaining() <= Long.BYTES) {
            throw new IOException("No greeting of a worker");
        }
        return new Greeting(
                frame.getLong(), StandardCharsets.UTF_8.decode(frame).toString());
    }

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return "Greeting[" + process + "]";
    }
}
