package dev.pipelinebox.internal.launch.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Carries one output stream of a worker to the caller's console: whole lines, each with the worker's mark, a line in one
 * write, so that the lines of several workers never mix. A line over {@value #LONGEST_LINE} bytes is broken.
 */
final class OutputPump {

    static final int LONGEST_LINE = 64 << 10;

    private final InputStream from;
    private final Supplier<PrintStream> to;
    private final OutputTail tail;
    private final OutputPrefix mark;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private OutputPump(InputStream from, Supplier<PrintStream> to, OutputTail tail, OutputPrefix mark) {
        this.from = from;
        this.to = to;
        this.tail = tail;
        this.mark = mark;
    }

    /** Starts to carry. The stage completes when the stream has ended. */
    static CompletableFuture<Void> start(
            InputStream from, Supplier<PrintStream> to, OutputTail tail, OutputPrefix mark) {
        OutputPump pump = new OutputPump(from, to, tail, mark);
        Thread thread = new Thread(null, pump::carry, "pipelinebox-output");
        thread.setDaemon(true);
        thread.start();
        return pump.ended;
    }

    private void carry() {
        try (from) {
            byte[] buffer = new byte[16 << 10];
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                int start = 0;
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == '\n') {
                        append(buffer, start, i);
                        print();
                        start = i + 1;
                    }
                }
                append(buffer, start, read);
            }
            if (line.size() > 0) {
                print();
            }
        } catch (IOException streamEnded) {
            tail.note("(its output could not be read on: " + streamEnded + ")");
        } finally {
            ended.complete(null);
        }
    }

    private void append(byte[] buffer, int start, int end) {
        int next = start;
        while (end - next > LONGEST_LINE - line.size()) {
            int room = LONGEST_LINE - line.size();
            line.write(buffer, next, room);
            next += room;
            print();
        }
        line.write(buffer, next, end - next);
    }

    private void print() {
        line.write('\n');
        byte[] text = line.toByteArray();
        line.reset();
        tail.add(text);
        byte[] name = mark.bytes();
        byte[] marked = new byte[name.length + text.length];
        System.arraycopy(name, 0, marked, 0, name.length);
        System.arraycopy(text, 0, marked, name.length, text.length);
        try {
            PrintStream console = to.get();
            console.write(marked, 0, marked.length);
            console.flush();
        } catch (RuntimeException consoleThrew) {
            tail.note("(the caller's console threw " + consoleThrew + ")");
        }
    }
}
