package dev.pipelinebox.benchmarks.speed;

import dev.pipelinebox.benchmarks.floor.Child;
import dev.pipelinebox.benchmarks.frame.Benchmark;
import dev.pipelinebox.benchmarks.frame.Goal;
import dev.pipelinebox.benchmarks.frame.Options;
import dev.pipelinebox.benchmarks.frame.Report;
import dev.pipelinebox.benchmarks.frame.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The time from {@code main} of a fresh program to the first result of its first worker, and the same with an archive of
 * the program's own classes, against workers that have a JVM's default flags and no class-data archive.
 */
final class Start implements Benchmark {

    private static final int ROUNDS = 7;
    private static final Goal GOAL = Goal.valueAtMost(1_300);
    private static final Goal OF_PLAIN = Goal.ratioAtMost(0.5);
    private static final Goal WITH_ARCHIVE = Goal.valueAtMost(900);

    /** A program that ends soon may leave the archive to the next one. */
    private static final int MOST_RUNS_FOR_THE_ARCHIVE = 4;

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(20);
    private static final long BETWEEN_LOOKS_MILLIS = 50;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public void run(Options options, Report report) throws Exception {
        String plain = PlainJvm.settings();
        report.note("plain is " + plain);
        Series ours = new Series("main to first result");
        Series archived = new Series("the same with an archive of the caller");
        Series floor = new Series("the same with plain worker JVMs");
        Path directory = Files.createTempDirectory("pipelinebox-benchmark");
        Path archive = directory.resolve("start.jsa");
        try {
            if (!options.effort().quick()) {
                // Makes the archives, if there are none; and the disk's cache is warm for all.
                makeArchive(archive);
                millis(List.of(), plain);
            }
            for (int round = 0; round < options.effort().rounds(ROUNDS); round++) {
                floor.add(millis(List.of(), plain));
                ours.add(millis(List.of(), ""));
                if (Files.exists(archive)) {
                    archived.add(millis(List.of(flag(archive)), ""));
                }
            }
        } finally {
            Files.deleteIfExists(archive);
            Files.deleteIfExists(Path.of(archive + ".fingerprint"));
            Files.deleteIfExists(directory);
        }
        report.row(ours, "ms", GOAL);
        report.row(archived, "ms", WITH_ARCHIVE);
        report.row(ours, "ms", floor, OF_PLAIN);
        report.row(archived, "ms", floor);
    }

    private static String flag(Path archive) {
        return (Runtime.version().feature() >= 25 ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive;
    }

    private static void makeArchive(Path archive) throws Exception {
        for (int run = 0; run < MOST_RUNS_FOR_THE_ARCHIVE && !Files.exists(archive); run++) {
            try (Child program = Child.java(FirstResult.class, List.of(flag(archive)), "")) {
                program.hear();
                long begin = System.nanoTime();
                while (!Files.exists(archive) && System.nanoTime() - begin < LONGEST_CLOSE.toNanos()) {
                    TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
                }
            }
        }
    }

    private static double millis(List<String> flags, String settings) throws IOException {
        try (Child program = Child.java(FirstResult.class, flags, settings)) {
            return Double.parseDouble(program.hear());
        }
    }
}
