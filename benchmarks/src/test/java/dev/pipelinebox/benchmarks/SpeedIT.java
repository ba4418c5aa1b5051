package dev.pipelinebox.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * That the benchmarks of speed work; not how fast it is. Workers in process start quickly; what needs a program of its own,
 * or many bytes, would take longer than all the others.
 */
class SpeedIT {

    private static final List<String> SHORT =
            List.of("add-worker", "tiny", "ask", "echo-1MiB", "echo-256MiB", "spin", "uneven", "idle", "many");

    @TempDir
    private Path folder;

    @Test
    void eachWorkloadGivesFigures() throws Exception {
        Program speed = Program.run(
                folder,
                List.of("-Dpipelinebox.test.in-process=true", "-XX:TieredStopAtLevel=1"),
                "--quick --only " + String.join(" ", SHORT));
        assertThat(speed.rows())
                .allSatisfy(row ->
                        assertThat(row.get("value").asDouble()).isNotNegative().isFinite());
        assertThat(speed.rows().stream()
                        .map(row -> row.get("benchmark").asText())
                        .distinct())
                .containsExactlyElementsOf(SHORT);
        assertThat(speed.figure("one ask at a time, p50")).isPositive();
    }
}
