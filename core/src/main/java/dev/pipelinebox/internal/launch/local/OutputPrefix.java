package dev.pipelinebox.internal.launch.local;

import java.nio.charset.Charset;

/** What the lines of a worker are marked with on the caller's console. Thread-safe. */
final class OutputPrefix {

    private volatile byte[] text;

    OutputPrefix(int workerIndex) {
        this.text = text(workerIndex);
    }

    /** From now on it is this worker's output. */
    void assign(int workerIndex) {
        text = text(workerIndex);
    }

    byte[] bytes() {
        return text;
    }

    private static byte[] text(int workerIndex) {
        String name = workerIndex < 0 ? "spare worker" : "worker " + workerIndex;
        return ("[" + name + "] ").getBytes(Charset.defaultCharset());
    }
}
