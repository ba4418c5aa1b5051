package dev.pipelinebox.benchmarks.floor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Python's {@code multiprocessing.Pool} with two workers on the same work, where there is a {@code python3}. */
public final class PythonPool implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final double MEBI = 1 << 20;

    private final @Nullable Child python;

    private PythonPool(@Nullable Child python) {
        this.python = python;
    }

    /**
     * Starts one; where that cannot be, one that measures nothing.
     *
     * @return the pool
     * @throws IOException if its program cannot be read
     */
    public static PythonPool start() throws IOException {
        try (InputStream script = PythonPool.class.getResourceAsStream("pool.py")) {
            String program = new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
            return new PythonPool(started(program));
        }
    }

    private static @Nullable Child started(String program) {
        try {
            Child python = Child.start("multiprocessing.Pool", List.of("python3", "-c", program));
            python.hear();
            return python;
        } catch (IOException absent) {
            return null;
        }
    }

    /**
     * Echoes whole numbers.
     *
     * @param how {@code map} or {@code imap_unordered}
     * @param chunk how many in one message
     * @param tasks how many in all
     * @return how many a second; empty without Python
     * @throws IOException if the pool has ended
     */
    public Optional<Double> numbers(String how, int chunk, int tasks) throws IOException {
        return ask("numbers " + how + " " + chunk + " " + tasks)
                .map(reply -> tasks / reply.get("seconds").asDouble());
    }

    /**
     * Echoes whole numbers one at a time.
     *
     * @param tasks how many
     * @return how long each took; empty without Python
     * @throws IOException if the pool has ended
     */
    public Optional<Latencies> oneByOne(int tasks) throws IOException {
        return ask("apply " + tasks)
                .map(reply -> new Latencies(
                        reply.get("p50").asDouble() * 1e6,
                        reply.get("p99").asDouble() * 1e6,
                        reply.get("p999").asDouble() * 1e6));
    }

    /**
     * Echoes bytes, as fast as it goes.
     *
     * @param bytes how many in one task
     * @param tasks how many tasks
     * @return the MiB a second in each direction; empty without Python
     * @throws IOException if the pool has ended
     */
    public Optional<Double> bytes(int bytes, int tasks) throws IOException {
        return ask("bytes " + bytes + " " + tasks)
                .map(reply -> bytes / MEBI * tasks / reply.get("seconds").asDouble());
    }

    private Optional<JsonNode> ask(String request) throws IOException {
        if (python == null) {
            return Optional.empty();
        }
        python.tell(request);
        return Optional.of(JSON.readTree(python.hear()));
    }

    @Override
    public void close() {
        if (python != null) {
            python.close();
        }
    }
}
