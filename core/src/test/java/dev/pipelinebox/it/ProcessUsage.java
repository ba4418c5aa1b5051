package dev.pipelinebox.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the processes of master and workers take, on Linux; the master is this process. */
record ProcessUsage(List<Long> mebibytes, List<Long> threads, List<Long> descriptors) {

    /**
     * What strangers may cost a process beside what its own work does, of live objects: garbage may fill the heap that a
     * worker begins with. A thousand connections would take 91 MB.
     */
    private static final long MOST_MEBIBYTES = 32;

    private static final long MOST_DESCRIPTORS = 300;
    private static final long MOST_THREADS = 20;

    /**
     * Now.
     *
     * @param workers all of them
     * @param attacked the one whose memory is looked at; another may still be joining the cluster
     */
    static ProcessUsage of(Collection<Long> workers, long attacked) throws IOException {
        System.gc();
        List<Long> mebibytes = List.of(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20, liveBytes(attacked) >> 20);
        List<Long> threads = new ArrayList<>();
        List<Long> descriptors = new ArrayList<>();
        for (long pid : Stream.concat(Stream.of(ProcessHandle.current().pid()), workers.stream())
                .toList()) {
            threads.add(status(pid, "Threads:"));
            try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
                descriptors.add(files.count());
            }
        }
        return new ProcessUsage(mebibytes, threads, descriptors);
    }

    /** After a collection, by the JDK's own tool: the last line of its histogram has the sum. */
    private static long liveBytes(long pid) throws IOException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String[] sum = histogram
                .lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow(() -> new IOException(histogram))
                .split("\\s+");
        return Long.parseLong(sum[2]);
    }

    private static long status(long pid, String key) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    void checkBounded(ProcessUsage before) {
        checkBounded("mebibytes", mebibytes, before.mebibytes, MOST_MEBIBYTES);
        checkBounded("threads", threads, before.threads, MOST_THREADS);
        checkBounded("descriptors", descriptors, before.descriptors, MOST_DESCRIPTORS);
    }

    private static void checkBounded(String what, List<Long> now, List<Long> before, long most) {
        assertThat(IntStream.range(0, now.size()).mapToObj(i -> now.get(i) - before.get(i)))
                .as(what + " more than before, of master and workers")
                .allMatch(more -> more <= most);
    }
}
