package dev.pipelinebox.internal.launch;

import dev.pipelinebox.internal.config.ConfigReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How worker JVMs are started where {@code WorkerOptions} say nothing else.
 *
 * @param javaHome the Java installation to run with
 * @param jvmArguments further arguments for every worker
 * @param heapBytes the greatest heap, or empty for a fair share of the machine's memory
 * @param processors how many processors the JVM reckons with, or empty for a fair share
 * @param directory the working directory, or empty for the caller's
 * @param archiveDirectory where class-data archives are kept, or empty for none
 * @param codeDirectory where jars that were nested in others are kept
 */
public record LaunchSettings(
        Path javaHome,
        List<String> jvmArguments,
        Optional<Long> heapBytes,
        Optional<Integer> processors,
        Optional<Path> directory,
        Optional<Path> archiveDirectory,
        Path codeDirectory) {

    private static final long MIN_HEAP_BYTES = 16L << 20;
    private static final long MAX_HEAP_BYTES = 1L << 46;

    public static LaunchSettings read(ConfigReader config) {
        Path archives = config.path("worker.class-data-archive.directory").orElseGet(LaunchSettings::cacheDirectory);
        return new LaunchSettings(
                config.path("worker.java-home").orElseGet(() -> Path.of(System.getProperty("java.home"))),
                config.strings("worker.jvm-arguments"),
                config.optionalBytes("worker.heap", MIN_HEAP_BYTES, MAX_HEAP_BYTES),
                config.optionalInteger("worker.processors", 1 << 16),
                config.path("worker.directory"),
                config.bool("worker.class-data-archive.enabled") ? Optional.of(archives) : Optional.empty(),
                config.path("worker.code-cache.directory").orElseGet(LaunchSettings::cacheDirectory));
    }

    private static Path cacheDirectory() {
        return cacheDirectory(System.getenv("XDG_CACHE_HOME"), Path.of(System.getProperty("user.home")));
    }

    /** A user without a home, as in a container, has a {@code ?} in its place. */
    static Path cacheDirectory(@Nullable String cache, Path home) {
        if (cache != null && !cache.isEmpty()) {
            return Path.of(cache, ConfigReader.ROOT);
        }
        return home.isAbsolute()
                ? home.resolve(".cache").resolve(ConfigReader.ROOT)
                : Path.of(System.getProperty("java.io.tmpdir"), ConfigReader.ROOT);
    }
}
