package dev.pipelinebox.internal.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How worker JVMs are started where {@code WorkerOptions} say nothing else.
 *
 * @param javaHome the Java installation to run with
 * @param jvmArguments further arguments for every worker
 * @param heapBytes the greatest heap, or empty for a fair share of the machine's memory
 * @param processors how many processors the JVM reckons with, or empty for a fair share
 * @param directory the working directory, or empty for the caller's
 * @param archiveDirectory where class-data archives are kept, or empty for none
 * @param sharedMemory where folders for large payloads are made, or empty for none
 */
public record LaunchSettings(
        Path javaHome,
        List<String> jvmArguments,
        Optional<Long> heapBytes,
        Optional<Integer> processors,
        Optional<Path> directory,
        Optional<Path> archiveDirectory,
        Optional<Path> sharedMemory) {}
