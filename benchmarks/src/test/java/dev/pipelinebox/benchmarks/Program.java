package dev.pipelinebox.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A run of the benchmarks, with what the package phase has put together, that ended with exit code 0.
 *
 * @param rows the figures
 * @param said what it said beside them
 */
record Program(List<JsonNode> rows, String said) {

    private static final long LONGEST_SECONDS = 600;

    static Program run(Path folder, List<String> flags, String arguments) throws Exception {
        File out = folder.resolve("out").toFile();
        File err = folder.resolve("err").toFile();
        Process program = new ProcessBuilder(command(flags, arguments))
                .redirectOutput(out)
                .redirectError(err)
                .start();
        try {
            assertThat(program.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS))
                    .as("it has ended; until now it said: %s", Files.readString(err.toPath()))
                    .isTrue();
        } finally {
            program.destroy();
        }
        String said = Files.readString(err.toPath());
        assertThat(program.exitValue()).as(said).isZero();
        assertThat(said).doesNotContain("BROKEN");
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(out.toPath())) {
            rows.add(new ObjectMapper().readTree(line));
        }
        return new Program(rows, said);
    }

    double figure(String workload) {
        return rows.stream()
                .filter(row -> row.get("workload").asText().equals(workload))
                .findFirst()
                .orElseThrow()
                .get("value")
                .asDouble();
    }

    private static List<String> command(List<String> flags, String arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        // For a short run it is not worth making.
        command.add("-Dpipelinebox.worker.class-data-archive.enabled=false");
        command.addAll(flags);
        command.addAll(List.of("-cp", "target/lib/*", Benchmarks.class.getName(), "--json"));
        command.addAll(List.of(arguments.split(" ")));
        return command;
    }
}
