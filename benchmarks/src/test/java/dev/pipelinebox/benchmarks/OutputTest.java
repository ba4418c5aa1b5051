package dev.pipelinebox.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class OutputTest {

    private static final Row COUNT = new Row("chaos", "kills", 101, "", OptionalDouble.empty());
    private static final Row TIME = new Row("latency", "one", 0.25, "ms", OptionalDouble.of(0.1));

    @Test
    void aTableHasColumnsAsWideAsWhatStandsInThem() {
        assertThat(Output.table(List.of(COUNT, TIME)))
                .containsExactly(
                        "BENCHMARK  WORKLOAD  VALUE  UNIT  FLOOR  RATIO",
                        "chaos      kills       101",
                        "latency    one        0.25  ms     0.10   2.50");
    }

    @Test
    void aTableWithoutFloorsHasNoColumnForThem() {
        assertThat(Output.table(List.of(COUNT)))
                .containsExactly("BENCHMARK  WORKLOAD  VALUE  UNIT", "chaos      kills       101");
    }

    @Test
    void jsonHasAnObjectALineWithExactFigures() {
        assertThat(Output.json(List.of(COUNT, TIME)))
                .containsExactly(
                        "{\"benchmark\":\"chaos\",\"workload\":\"kills\",\"value\":101.0,\"unit\":\"\"}",
                        "{\"benchmark\":\"latency\",\"workload\":\"one\",\"value\":0.25,\"unit\":\"ms\","
                                + "\"floor\":0.1,\"ratio\":2.5}");
    }
}
