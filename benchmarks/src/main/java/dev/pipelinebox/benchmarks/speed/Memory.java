package dev.pipelinebox.benchmarks.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The memory of processes; known where there is {@code /proc}. */
final class Memory {

    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");
    private static final Pattern PROPORTIONAL = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB$");
    private static final double KIBIS_IN_MEBI = 1024;

    private Memory() {}

    /** Its resident memory, in MiB. */
    static Optional<Double> residentMebibytes(long pid) {
        return find(Path.of("/proc", Long.toString(pid), "status"), RESIDENT);
    }

    /** The same, with shared memory divided among its processes, in MiB. */
    static Optional<Double> proportionalMebibytes(long pid) {
        return find(Path.of("/proc", Long.toString(pid), "smaps_rollup"), PROPORTIONAL);
    }

    private static Optional<Double> find(Path file, Pattern line) {
        try {
            Matcher found = line.matcher(Files.readString(file));
            return found.find() ? Optional.of(Long.parseLong(found.group(1)) / KIBIS_IN_MEBI) : Optional.empty();
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }
}
