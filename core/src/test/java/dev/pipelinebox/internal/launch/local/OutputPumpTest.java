package dev.pipelinebox.internal.launch.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutputPumpTest {

    private final Console console = new Console();
    private final OutputTail tail = new OutputTail();

    @Test
    void carriesWholeLinesEachWithTheWorkersMark() {
        pump("first\nsecond\n", 3);

        assertThat(console.text()).isEqualTo("[worker 3] first\n[worker 3] second\n");
    }

    @Test
    void endsALastLineThatHasNoEnd() {
        pump("first\nlast", 0);

        assertThat(console.text()).isEqualTo("[worker 0] first\n[worker 0] last\n");
    }

    @Test
    void carriesEmptyLines() {
        pump("\n\nx\n", 1);

        assertThat(console.text()).isEqualTo("[worker 1] \n[worker 1] \n[worker 1] x\n");
    }

    @Test
    void printsNothingForNoOutput() {
        pump("", 1);

        assertThat(console.text()).isEmpty();
    }

    @Test
    void carriesBytesAsTheyAre() {
        pump("ä€😀\r\n", 1);

        assertThat(console.text()).isEqualTo("[worker 1] ä€😀\r\n");
    }

    @Test
    void writesALineInOneGo() {
        pump("one\ntwo\n" + "x".repeat(20_000) + "\n", 1);

        assertThat(console.writes)
                .hasSize(3)
                .allMatch(write -> write.startsWith("[worker 1] ") && write.endsWith("\n"));
    }

    @Test
    void breaksAHugeLine() {
        pump("x".repeat(OutputPump.LONGEST_LINE + 5) + "\nnext\n", 1);

        assertThat(console.text())
                .isEqualTo(
                        "[worker 1] " + "x".repeat(OutputPump.LONGEST_LINE) + "\n[worker 1] xxxxx\n[worker 1] next\n");
    }

    @Test
    void doesNotBreakALineThatJustFits() {
        pump("x".repeat(OutputPump.LONGEST_LINE) + "\nnext\n", 1);

        assertThat(console.writes).hasSize(2);
    }

    @Test
    void keepsTheLinesOfSeveralWorkersApart() {
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (int worker = 0; worker < 4; worker++) {
            String line = String.valueOf((char) ('a' + worker)).repeat(50) + "\n";
            ends.add(start(new Trickle(line.repeat(2_000)), worker));
        }
        ends.forEach(CompletableFuture::join);

        assertThat(console.text().lines().collect(Collectors.groupingBy(line -> line, Collectors.counting())))
                .isEqualTo(IntStream.range(0, 4)
                        .boxed()
                        .collect(Collectors.toMap(
                                worker -> "[worker " + worker + "] "
                                        + String.valueOf((char) ('a' + worker)).repeat(50),
                                worker -> 2_000L)));
    }

    @Test
    void carriesALineAsSoonAsItIsWhole() throws Exception {
        try (PipedOutputStream process = new PipedOutputStream();
                PipedInputStream output = new PipedInputStream(process)) {
            CompletableFuture<Void> end = start(output, 1);

            process.write("whole\nhalf".getBytes(StandardCharsets.UTF_8));
            process.flush();

            assertThat(console.firstWrite.get(60, TimeUnit.SECONDS)).isEqualTo("[worker 1] whole\n");
            assertThat(end).isNotDone();
            process.close();
            end.get(60, TimeUnit.SECONDS);
            assertThat(console.text()).isEqualTo("[worker 1] whole\n[worker 1] half\n");
        }
    }

    @Test
    void keepsTheLastLinesWithoutTheMark() {
        pump("first\nlast", 1);

        assertThat(tail.text()).isEqualTo("first\nlast\n");
    }

    @Test
    void notesAStreamThatBreaks() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the stream broke");
            }
        };

        start(broken, 1).join();

        assertThat(tail.text()).contains("the stream broke");
    }

    private void pump(String output, int worker) {
        start(new ByteArrayInputStream(output.getBytes(StandardCharsets.UTF_8)), worker)
                .join();
    }

    private CompletableFuture<Void> start(InputStream output, int worker) {
        return OutputPump.start(output, () -> console, tail, new OutputPrefix(worker));
    }

    /** Gives a few bytes at a time, as a pipe does. */
    private static final class Trickle extends ByteArrayInputStream {
        private int turn;

        Trickle(String text) {
            super(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public synchronized int read(byte[] bytes, int offset, int length) {
            turn = turn % 97 + 1;
            return super.read(bytes, offset, Math.min(length, turn));
        }
    }

    /** Remembers each write. */
    private static final class Console extends PrintStream {
        final List<String> writes = new ArrayList<>();
        final CompletableFuture<String> firstWrite = new CompletableFuture<>();

        Console() {
            super(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
            synchronized (writes) {
                writes.add(text);
            }
            firstWrite.complete(text);
        }

        String text() {
            synchronized (writes) {
                return String.join("", writes);
            }
        }
    }
}
