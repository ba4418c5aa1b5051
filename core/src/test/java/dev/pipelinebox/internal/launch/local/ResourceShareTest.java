package dev.pipelinebox.internal.launch.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.api.WorkerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceShareTest {

    private static final long MEBI = 1 << 20;

    @ParameterizedTest
    @CsvSource({
        // memory in MiB, processors, workers, heap in MiB
        "8192, 2, 1, 2048",
        "8192, 4, 1, 1536",
        "8192, 4, 4, 1536",
        "8192, 4, 8, 768",
        "8192, 1, 1, 2048",
        "1048576, 2, 1, 30720",
        "512, 4, 100, 64",
        "1000, 3, 1, 250",
        "1000, 7, 1, 107"
    })
    void dividesThreeQuartersOfTheMemoryAmongWorkers(long memory, int processors, int workers, long heap) {
        assertThat(ResourceShare.of(memory * MEBI, processors, workers).heapBytes())
                .contains(heap * MEBI);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "64, 1", "4, 100"})
    void givesOneProcessorToEach(int processors, int workers) {
        assertThat(ResourceShare.of(1L << 33, processors, workers).processors()).isEqualTo(1);
    }

    @Test
    void saysNothingOfAMemoryThatIsNotKnown() {
        assertThat(ResourceShare.of(0, 2, 1).heapBytes()).isEmpty();
    }

    @Test
    void knowsThisMachine() {
        assertThat(ResourceShare.ofThisMachine(0, 0).heapBytes())
                .hasValueSatisfying(heap -> assertThat(heap).isBetween(64 * MEBI, 30 * 1024 * MEBI));
    }

    @Test
    void isOverruledByASensibleNumberOfProcessorsOnly() {
        assertThat(WorkerOptions.defaults()
                        .withProcessors(2)
                        .withHeap(64 * MEBI)
                        .processors())
                .contains(2);
        assertThatThrownBy(() -> WorkerOptions.defaults().withProcessors(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1");
    }

    @Test
    void isThatOfTheWorkerThatIsReplaced() {
        assertThat(ResourceShare.reckonedWith(0, 0)).isEqualTo(1);
        assertThat(ResourceShare.reckonedWith(7, 7)).isEqualTo(8);

        assertThat(ResourceShare.reckonedWith(0, 7))
                .as("the first one's replacement")
                .isEqualTo(1);
        assertThat(ResourceShare.reckonedWith(7, 8))
                .as("the last one's successor")
                .isEqualTo(8);
        assertThat(ResourceShare.reckonedWith(100, 2))
                .as("one that is added after many were stopped")
                .isEqualTo(3);
        assertThat(ResourceShare.reckonedWith(-1, 7)).as("a spare").isEqualTo(8);
    }
}
