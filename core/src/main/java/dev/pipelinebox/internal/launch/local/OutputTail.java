package dev.pipelinebox.internal.launch.local;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Keeps the last lines of a process's output, up to a limit in bytes, and what the JVM said when it ran out of memory,
 * whatever the other stream printed after it. Thread-safe.
 */
final class OutputTail {

    static final int MOST_BYTES = 16 << 10;

    /** What HotSpot prints before it exits by -XX:+ExitOnOutOfMemoryError. */
    private static final byte[] OUT_OF_MEMORY =
            "Terminating due to java.lang.OutOfMemoryError".getBytes(StandardCharsets.US_ASCII);

    private final Deque<byte[]> lines = new ArrayDeque<>();
    private int bytes;
    private String outOfMemory = "";

    synchronized void add(byte[] line) {
        int last = indexOf(line, OUT_OF_MEMORY);
        if (last >= 0) {
            outOfMemory = text(Arrays.copyOfRange(line, last, line.length)).strip();
        }
        byte[] kept = line.length <= MOST_BYTES ? line : end(line);
        lines.addLast(kept);
        bytes += kept.length;
        while (bytes > MOST_BYTES) {
            bytes -= lines.removeFirst().length;
        }
    }

    /** Adds a remark of the library's own. */
    void note(String remark) {
        add((remark + "\n").getBytes(Charset.defaultCharset()));
    }

    synchronized String text() {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(text(line)));
        return text.toString();
    }

    /** The JVM's last line when it ran out of memory; empty if it did not say so. */
    synchronized String outOfMemory() {
        return outOfMemory;
    }

    private static String text(byte[] line) {
        return new String(line, Charset.defaultCharset());
    }

    /** The last bytes, beginning with a whole character where that is UTF-8. */
    private static byte[] end(byte[] line) {
        int from = line.length - MOST_BYTES;
        while (from < line.length && (line[from] & 0xC0) == 0x80) {
            from++;
        }
        return Arrays.copyOfRange(line, from, line.length);
    }

    private static int indexOf(byte[] line, byte[] wanted) {
        for (int i = 0; i <= line.length - wanted.length; i++) {
            if (line[i] == wanted[0] && Arrays.equals(line, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}
