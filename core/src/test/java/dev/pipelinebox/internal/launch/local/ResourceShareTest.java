package dev.pipelinebox.internal.launch.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.api.WorkerOptions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceShareTest {

    private static final long MEBI = 1 << 20;

    @ParameterizedTest
    @CsvSource({
        // memory, caller's heap, processors, workers, heap; in MiB
        "8192, 2048, 2, 1, 2048",
        "8192, 2048, 4, 1, 1456",
        "8192, 2048, 4, 4, 1456",
        "8192, 2048, 4, 8, 696",
        "8192, 2048, 1, 1, 2048",
        "8192, 6144, 4, 4, 432",
        "1048576, 262144, 2, 1, 30720",
        "512, 128, 4, 100, 64",
        "512, 128, 1, 2, 96",
        "512, 384, 1, 1, 64"
    })
    void dividesWhatTheCallerAndAllThatIsNoHeapLeaveOfTheMemory(
            long memory, long callersHeap, int processors, int workers, long heap) {
        assertThat(ResourceShare.of(memory * MEBI, callersHeap * MEBI, processors, workers)
                        .heapBytes())
                .contains(heap * MEBI);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "64, 1", "4, 100"})
    void givesOneProcessorToEach(int processors, int workers) {
        assertThat(ResourceShare.of(1L << 33, 1L << 31, processors, workers).processors())
                .isEqualTo(1);
    }

    @Test
    void saysNothingOfAMemoryThatIsNotKnown() {
        assertThat(ResourceShare.of(0, 1L << 31, 2, 1).heapBytes()).isEmpty();
    }

    @Test
    void knowsThisMachine() {
        assertThat(ResourceShare.ofThisMachine(1).heapBytes())
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
        ResourceShares shares = new ResourceShares(workers -> new ResourceShare(Optional.of((long) workers), 1));

        assertThat(heap(shares, 0, 0)).as("the first one's").isEqualTo(1);
        assertThat(heap(shares, 7, 7)).as("the eighth one's").isEqualTo(8);
        assertThat(heap(shares, 0, 7)).as("the first one's replacement's").isEqualTo(1);
        assertThat(heap(shares, 7, 2)).as("the eighth one's replacement's").isEqualTo(8);
        assertThat(heap(shares, -1, 7)).as("a spare's").isEqualTo(8);
    }

    @Test
    void leavesRoomForThoseThatWait() {
        ResourceShares shares = new ResourceShares(workers -> new ResourceShare(Optional.of((long) workers), 1));
        shares.onAnnounced(3);
        shares.onAsked(0);
        shares.onAsked(1);
        shares.onAsked(2);

        shares.onTaken();
        assertThat(heap(shares, 0, 0)).isEqualTo(3);
        shares.onTaken();
        assertThat(heap(shares, 1, 1)).isEqualTo(3);
        shares.onTaken();
        assertThat(heap(shares, 2, 2)).isEqualTo(3);
    }

    @Test
    void leavesRoomForThoseThatAreAnnouncedUntilEachIsAskedForOrGivenUp() {
        ResourceShares shares = new ResourceShares(workers -> new ResourceShare(Optional.of((long) workers), 1));
        shares.onAnnounced(3);
        shares.onAsked(0);
        shares.onTaken();

        assertThat(heap(shares, 0, 0)).isEqualTo(3);

        shares.onSettled(0);
        assertThat(heap(shares, 8, 0)).as("one that has started counts once").isEqualTo(3);

        shares.onSettled(1);
        shares.onSettled(1);
        assertThat(heap(shares, 9, 0)).as("one that never started").isEqualTo(2);
    }

    private static long heap(ResourceShares shares, int index, int living) {
        return shares.share(index, living).heapBytes().orElseThrow();
    }
}
