package dev.pipelinebox.protocol;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** How objects are told over a worker's standard input: the length, then so many bytes of JSON. */
final class StandardInput {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST = 256 << 20;

    private StandardInput() {}

    static void write(Object told, OutputStream out) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(told);
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(bytes.length);
        data.write(bytes);
        data.flush();
    }

    static <T> T read(Class<T> type, InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        int length = data.readInt();
        if (length < 0 || length > LONGEST) {
            throw new IOException("This is not the standard input of a worker; workers are started by a Master only");
        }
        return JSON.readValue(data.readNBytes(length), type);
    }
}
