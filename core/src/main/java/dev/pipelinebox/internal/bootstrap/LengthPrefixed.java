package dev.pipelinebox.internal.bootstrap;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** How a worker is told things over its standard input: the length, then so many bytes. */
final class LengthPrefixed {

    private static final int LONGEST = 256 << 20;

    private LengthPrefixed() {}

    static void write(byte[] told, OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(told.length);
        data.write(told);
        data.flush();
    }

    static byte[] read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        int length = data.readInt();
        if (length < 0 || length > LONGEST) {
            throw new IOException("This is not the standard input of a worker; workers are started by a Master only");
        }
        byte[] told = data.readNBytes(length);
        if (told.length < length) {
            throw new EOFException("The standard input ended within a message");
        }
        return told;
    }
}
