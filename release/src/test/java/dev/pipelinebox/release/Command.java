package dev.pipelinebox.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command line to be run as a process of its own.
 *
 * @param folder where it runs
 * @param environment variables in addition to those of this process
 * @param line the program and its arguments
 */
record Command(Path folder, Map<String, String> environment, List<String> line) {

    private static final long LONGEST_MINUTES = 5;

    /** Runs it, and returns the lines that it printed. */
    List<String> succeeds() throws IOException, InterruptedException {
        Path output = Files.createTempFile(Checkout.TARGET, "command", ".out");
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError(line + " does not end; it printed " + Files.readString(output));
        }
        assertThat(process.exitValue())
                .as("%s%n%s", line, Files.readString(output))
                .isZero();
        return Files.readAllLines(output);
    }
}
