package dev.pipelinebox.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the chaos run works and finds nothing; not how fast it is. */
class ChaosIT {

    @TempDir
    private Path folder;

    @Test
    void aShortStormBreaksNoPromise() throws Exception {
        Program chaos = Program.run(folder, List.of(), "--only chaos --seconds 6 --workers 3 --every 500 --seed 1");
        assertThat(chaos.said()).contains("seed 1");
        assertThat(chaos.figure("tasks done")).isGreaterThan(20);
        assertThat(chaos.figure("kills survived")).isPositive();
        assertThat(chaos.figure("stops survived")).isPositive();
        if (!chaos.said().contains("links are left alone")) {
            assertThat(chaos.figure("cut links survived")
                            + chaos.figure("half frames survived")
                            + chaos.figure("stalled links survived"))
                    .isPositive();
        }
        assertThat(chaos.figure("results that were failures")).isZero();
        assertThat(chaos.figure("processes left")).isZero();
    }
}
