package dev.pipelinebox.internal.host;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.function.Consumer;

/** Passes on what is written, whole lines together. Thread-safe. */
final class ForwardedOutput extends OutputStream {

    /** A line that is longer is passed on in parts. */
    private static final int MOST_BYTES = 16 << 10;

    private final Consumer<byte[]> to;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();

    ForwardedOutput(Consumer<byte[]> to) {
        this.to = to;
    }

    @Override
    public synchronized void write(int b) {
        buffer.write(b);
        forwardIfDue(b);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            buffer.write(bytes[i]);
            forwardIfDue(bytes[i]);
        }
    }

    private void forwardIfDue(int last) {
        if (last == '\n' || buffer.size() >= MOST_BYTES) {
            to.accept(buffer.toByteArray());
            buffer.reset();
        }
    }
}
