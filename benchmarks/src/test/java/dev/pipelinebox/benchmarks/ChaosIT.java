package dev.pipelinebox.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the chaos run works and finds nothing, with what the package phase has put together; not how fast it is. */
class ChaosIT {

    private static final long LONGEST_SECONDS = 240;

    @TempDir
    private Path folder;

    @Test
    void aShortStormBreaksNoPromise() throws Exception {
        File out = folder.resolve("out").toFile();
        File err = folder.resolve("err").toFile();
        Process chaos = new ProcessBuilder(command("--only chaos --json --seconds 6 --workers 3 --every 500 --seed 1"))
                .redirectOutput(out)
                .redirectError(err)
                .start();
        try {
            assertThat(chaos.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS))
                    .as("it has ended; until now it said: %s", Files.readString(err.toPath()))
                    .isTrue();
        } finally {
            chaos.destroy();
        }

        String said = Files.readString(err.toPath());
        assertThat(chaos.exitValue()).as(said).isZero();
        assertThat(said).contains("seed 1").doesNotContain("BROKEN");
        Map<String, Double> figures = figures(Files.readAllLines(out.toPath()));
        assertThat(figures.get("tasks done")).isGreaterThan(20);
        assertThat(figures.get("kills survived")).isPositive();
        assertThat(figures.get("stops survived")).isPositive();
        assertThat(figures.get("results that were failures")).isZero();
        assertThat(figures.get("processes left")).isZero();
    }

    private static List<String> command(String arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        // For a short run it is not worth making.
        command.add("-Dpipelinebox.worker.class-data-archive.enabled=false");
        command.addAll(List.of("-cp", "target/lib/*", Benchmarks.class.getName()));
        command.addAll(List.of(arguments.split(" ")));
        return command;
    }

    private static Map<String, Double> figures(List<String> lines) throws Exception {
        Map<String, Double> figures = new HashMap<>();
        for (String line : lines) {
            JsonNode row = new ObjectMapper().readTree(line);
            figures.put(row.get("workload").asText(), row.get("value").asDouble());
        }
        return figures;
    }
}
