package dev.pipelinebox.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A cgroup of the test's own that limits memory, by whichever version has the memory controller. To be closed when its last
 * process has ended.
 *
 * @param folder where it is
 * @param isUnified whether it is one of version 2
 */
record MemoryCgroup(Path folder, boolean isUnified) implements AutoCloseable {

    private static final Path UNIFIED = Path.of("/sys/fs/cgroup");
    private static final Path LEGACY = Path.of("/sys/fs/cgroup/memory");

    /** Empty where this process may not make one. */
    static Optional<MemoryCgroup> create(long bytes) {
        String name = "pipelinebox-test-" + UUID.randomUUID();
        try {
            boolean isUnified = Files.exists(UNIFIED.resolve("cgroup.controllers"));
            if (isUnified) {
                Files.writeString(UNIFIED.resolve("cgroup.subtree_control"), "+memory");
            }
            Path folder = Files.createDirectory((isUnified ? UNIFIED : LEGACY).resolve(name));
            MemoryCgroup made = new MemoryCgroup(folder, isUnified);
            made.limit(bytes);
            return Optional.of(made);
        } catch (IOException notHere) {
            return Optional.empty();
        }
    }

    private void limit(long bytes) throws IOException {
        try {
            Files.writeString(folder.resolve(isUnified ? "memory.max" : "memory.limit_in_bytes"), "" + bytes);
        } catch (IOException notHere) {
            Files.delete(folder);
            throw notHere;
        }
    }

    /** How many processes the system has killed because all of them together wanted more than the limit. */
    long killed() throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve(isUnified ? "memory.events" : "memory.oom_control"))) {
            return lines.filter(line -> line.startsWith("oom_kill "))
                    .mapToLong(line -> Long.parseLong(line.substring("oom_kill ".length())))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The most memory that its processes have taken so far, files in memory included. */
    long peak() throws IOException {
        String file = isUnified ? "memory.peak" : "memory.max_usage_in_bytes";
        return Long.parseLong(Files.readString(folder.resolve(file)).strip());
    }

    @Override
    public void close() throws IOException {
        Files.delete(folder);
    }
}
