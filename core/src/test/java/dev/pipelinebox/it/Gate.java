package dev.pipelinebox.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A file for which tasks wait, in whichever process they run, until the test creates it; its name goes into their arguments. */
record Gate(Path file) {

    static Gate in(Path directory) {
        return new Gate(directory.resolve("gate"));
    }

    /** What a task does: it leaves a trace of its process, and waits. */
    static void pass(String file) throws IOException, InterruptedException {
        Path gate = Path.of(file);
        Files.createTempFile(
                gate.getParent(), traceOf(gate, ProcessHandle.current().pid()), "");
        Marks.await(gate);
    }

    private static String traceOf(Path gate, long pid) {
        return gate.getFileName() + ".entered-by-" + pid + "-";
    }

    /** Waits until so many tasks have come to it. */
    void awaitEntered(int tasks) {
        await().until(() -> traces().size() >= tasks);
    }

    /** Waits until a task in each of these processes has come to it. */
    void awaitEnteredBy(long... pids) {
        await().until(() -> {
            List<String> traces = traces();
            return LongStream.of(pids)
                    .mapToObj(pid -> traceOf(file, pid))
                    .allMatch(expected -> traces.stream().anyMatch(trace -> trace.startsWith(expected)));
        });
    }

    private List<String> traces() throws IOException {
        try (Stream<Path> files = Files.list(file.getParent())) {
            return files.map(trace -> trace.getFileName().toString())
                    .filter(name -> name.startsWith(file.getFileName() + ".entered-by-"))
                    .toList();
        }
    }

    void open() {
        try {
            Files.createFile(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
