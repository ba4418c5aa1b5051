package dev.pipelinebox.benchmarks.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class OutputTest {

    private final Report chaos = new Report("chaos");
    private final Report latency = new Report("latency");

    @Test
    void aTableHasColumnsAsWideAsWhatStandsInThem() {
        chaos.row("kills", 101, "");
        latency.row(series("one", 0.2, 0.25, 0.4), "ms", series("TCP", 0.1), Goal.ratioAtMost(1.6));
        assertThat(Output.table(List.of(chaos, latency)))
                .containsExactly(
                        "BENCHMARK  WORKLOAD  VALUE  SPREAD      UNIT  FLOOR  RATIO  GOAL           MET  AGAINST",
                        "chaos      kills       101",
                        "latency    one        0.25  0.20..0.40  ms     0.10   2.50  ratio <= 1.60  NO   TCP");
    }

    @Test
    void aColumnInWhichNothingStandsIsLeftOut() {
        chaos.row("kills", 101, "");
        assertThat(Output.table(List.of(chaos)))
                .containsExactly("BENCHMARK  WORKLOAD  VALUE", "chaos      kills       101");
    }

    @Test
    void aLineHasWhatStandsInTheColumnsOfItsFigure() {
        latency.row(series("one", 0.2, 0.25, 0.4), "ms", series("TCP", 0.1), Goal.ratioAtMost(1.6));
        assertThat(latency.rows().stream().map(Output::line))
                .containsExactly("one  0.25  0.20..0.40  ms  0.10  2.50  ratio <= 1.60  NO  TCP");
    }

    @Test
    void jsonHasAnObjectALineWithExactFigures() {
        latency.row("kills", 101, "");
        latency.row(series("one", 0.2, 0.25, 0.4), "ms", series("TCP", 0.1), Goal.ratioAtMost(1.6));
        latency.row("size", 110, "MiB", Goal.valueAtMost(110));
        assertThat(Output.json(latency))
                .containsExactly(
                        "{\"benchmark\":\"latency\",\"workload\":\"kills\",\"value\":101.0,\"unit\":\"\"}",
                        "{\"benchmark\":\"latency\",\"workload\":\"one\",\"value\":0.25,\"unit\":\"ms\","
                                + "\"valueLeast\":0.2,\"valueGreatest\":0.4,\"floor\":0.1,\"against\":\"TCP\","
                                + "\"ratio\":2.5,\"goal\":\"ratio <= 1.60\",\"met\":false}",
                        "{\"benchmark\":\"latency\",\"workload\":\"size\",\"value\":110.0,\"unit\":\"MiB\","
                                + "\"goal\":\"value <= 110\",\"met\":true}");
    }

    @Test
    void whatHasNoFloorIsNotJudgedByIt() {
        latency.row(series("one", 0.2), "ms", series("Python"), Goal.ratioAtLeast(0.5));
        latency.row(series("one", 0.2), "ms", series("Python"));
        latency.row(series("two"), "ms");
        assertThat(Output.table(List.of(latency)))
                .containsExactly(
                        "BENCHMARK  WORKLOAD  VALUE  UNIT  GOAL", "latency    one        0.20  ms    ratio >= 0.50");
    }

    @Test
    void theFigureOfSeveralRoundsIsTheirMedian() {
        assertThat(series("three", 3, 1, 2).figure()).contains(new Figure(2, 1, 3));
        assertThat(series("four", 4, 1, 2, 3).figure()).contains(new Figure(2.5, 1, 4));
    }

    private static Series series(String name, double... rounds) {
        Series series = new Series(name);
        DoubleStream.of(rounds).forEach(series::add);
        return series;
    }
}
