package dev.pipelinebox.launch;

import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Deque;

/** Keeps the last lines of a process's output, up to a limit in bytes. Thread-safe. */
final class OutputTail {

    static final int MOST_BYTES = 16 << 10;

    private final Deque<byte[]> lines = new ArrayDeque<>();
    private int bytes;

    synchronized void add(byte[] line) {
        lines.addLast(line);
        bytes += line.length;
        while (bytes > MOST_BYTES && lines.size() > 1) {
            bytes -= lines.removeFirst().length;
        }
    }

    /** Adds a remark of the library's own. */
    void note(String remark) {
        add((remark + "\n").getBytes(Charset.defaultCharset()));
    }

    synchronized String text() {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(new String(line, Charset.defaultCharset())));
        return text.length() <= MOST_BYTES ? text.toString() : text.substring(text.length() - MOST_BYTES);
    }
}
