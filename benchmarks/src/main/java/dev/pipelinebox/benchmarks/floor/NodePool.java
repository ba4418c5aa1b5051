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

/**
 * A pool of the package {@code workerpool} with two workers on the same work, where there are {@code node} and the package:
 * in {@code NODE_PATH} or in a {@code node_modules} above the working directory.
 */
public final class NodePool implements AutoCloseable {

    /** What its rows say. */
    public static final String NAME = "workerpool.exec of Node";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final @Nullable Child node;

    private NodePool(@Nullable Child node) {
        this.node = node;
    }

    /**
     * Starts one; where that cannot be, one that measures nothing.
     *
     * @return the pool
     * @throws IOException if its program cannot be read
     */
    public static NodePool start() throws IOException {
        try (InputStream script = NodePool.class.getResourceAsStream("pool.js")) {
            String program = new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
            return new NodePool(started(program));
        }
    }

    private static @Nullable Child started(String program) {
        try {
            Child node = Child.start("workerpool", List.of("node", "-e", program));
            if (node.hear().equals("ready")) {
                return node;
            }
            node.close();
            return null;
        } catch (IOException absent) {
            return null;
        }
    }

    /**
     * Echoes whole numbers one at a time.
     *
     * @param tasks how many
     * @return how long each took; empty without Node
     * @throws IOException if the pool has ended
     */
    public Optional<Latencies> oneByOne(int tasks) throws IOException {
        if (node == null) {
            return Optional.empty();
        }
        node.tell(String.valueOf(tasks));
        JsonNode reply = JSON.readTree(node.hear());
        return Optional.of(new Latencies(
                reply.get("p50").asDouble(),
                reply.get("p99").asDouble(),
                reply.get("p999").asDouble()));
    }

    @Override
    public void close() {
        if (node != null) {
            node.close();
        }
    }
}
