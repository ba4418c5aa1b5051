package dev.pipelinebox.benchmarks.floor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void theNextTaskGoesToTheWorkerThatIsFreeFirst() {
        assertThat(Schedule.length(List.of(3L, 1L, 1L, 4L), 2)).isEqualTo(6);
        assertThat(Schedule.length(List.of(3L, 1L, 1L, 4L), 1)).isEqualTo(9);
        assertThat(Schedule.length(List.of(), 2)).isZero();
    }
}
