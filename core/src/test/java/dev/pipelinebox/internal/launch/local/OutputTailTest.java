package dev.pipelinebox.internal.launch.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputTailTest {

    private final OutputTail tail = new OutputTail();

    @Test
    void isEmptyAtFirst() {
        assertThat(tail.text()).isEmpty();
    }

    @Test
    void keepsLinesInTheirOrder() {
        add("first\n");
        add("second\n");

        assertThat(tail.text()).isEqualTo("first\nsecond\n");
    }

    @Test
    void forgetsTheOldestLinesAndNoMoreThanItHasTo() {
        String line = "x".repeat(1023) + "\n";
        add("the first\n");
        for (int i = 0; i < 16; i++) {
            add(line);
        }
        assertThat(tail.text()).isEqualTo(line.repeat(16));

        add("the last\n");
        assertThat(tail.text()).isEqualTo(line.repeat(15) + "the last\n");
    }

    @Test
    void keepsTheEndOfASingleHugeLine() {
        add("x".repeat(100_000) + "the end\n");

        assertThat(tail.text()).hasSize(OutputTail.MOST_BYTES).endsWith("xthe end\n");
    }

    @Test
    void forgetsAHugeLineOnceAnotherComes() {
        add("x".repeat(100_000) + "\n");
        add("the last\n");

        assertThat(tail.text()).isEqualTo("the last\n");
    }

    @Test
    void countsBytesNotCharacters() {
        tail.add(("ä".repeat(20_000) + "\n").getBytes(StandardCharsets.UTF_8));

        assertThat(tail.text().getBytes(Charset.defaultCharset()).length)
                .isBetween(OutputTail.MOST_BYTES - 1, OutputTail.MOST_BYTES);
    }

    @Test
    void keepsWhatTheJvmSaidWhenItRanOutOfMemoryWhateverIsPrintedAfterIt() {
        assertThat(tail.outOfMemory()).isEmpty();
        add("loading 50 %Terminating due to java.lang.OutOfMemoryError: Java heap space\n");
        add("x".repeat(100_000) + "\n");
        add("java.lang.OutOfMemoryError: caught and printed\n");

        assertThat(tail.outOfMemory()).isEqualTo("Terminating due to java.lang.OutOfMemoryError: Java heap space");
        assertThat(tail.text()).doesNotContain("Terminating");
    }

    @Test
    void takesRemarksOfTheLibraryAsLines() {
        add("output\n");
        tail.note("(a remark)");

        assertThat(tail.text()).isEqualTo("output\n(a remark)\n");
    }

    private void add(String line) {
        tail.add(line.getBytes(Charset.defaultCharset()));
    }
}
