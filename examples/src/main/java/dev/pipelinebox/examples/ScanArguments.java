package dev.pipelinebox.examples;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a scan.
 *
 * @param jars the jars to scan, each once
 * @param workers how many worker processes share them, never more than there are jars
 */
record ScanArguments(List<String> jars, int workers) {

    /**
     * Reads the arguments.
     *
     * @param classPath where the jars are taken from if the arguments name none
     * @throws IllegalArgumentException with the mistake and the correct form
     */
    static ScanArguments parse(String[] args, String classPath) {
        int workers = Runtime.getRuntime().availableProcessors();
        Set<String> named = new LinkedHashSet<>();
        Deque<String> rest = new ArrayDeque<>(List.of(args));
        while (!rest.isEmpty()) {
            String arg = rest.removeFirst();
            if (arg.equals("--workers")) {
                workers = workers(rest.pollFirst());
            } else if (arg.startsWith("-")) {
                throw new IllegalArgumentException("there is no option " + arg);
            } else {
                named.addAll(jarsAt(arg));
            }
        }
        List<String> jars = named.isEmpty() ? jarsOf(classPath) : List.copyOf(named);
        return new ScanArguments(jars, Math.min(workers, jars.size()));
    }

    private static int workers(@Nullable String number) {
        try {
            int workers = number == null ? 0 : Integer.parseInt(number);
            if (workers >= 1) {
                return workers;
            }
        } catch (NumberFormatException e) {
            // Answered below, as any other number that cannot be.
        }
        throw new IllegalArgumentException("--workers takes a number from 1 up, not " + number);
    }

    private static List<String> jarsAt(String name) {
        Path place = Path.of(name).toAbsolutePath().normalize();
        if (Files.isRegularFile(place)) {
            return List.of(place.toString());
        }
        if (!Files.isDirectory(place)) {
            throw new IllegalArgumentException("there is no jar and no folder " + place);
        }
        List<String> jars = jarsBelow(place);
        if (jars.isEmpty()) {
            throw new IllegalArgumentException("there is no jar in the folder " + place);
        }
        return jars;
    }

    private static List<String> jarsBelow(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(ScanArguments::isJar)
                    .map(Path::toString)
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalArgumentException("cannot search the folder " + folder + ": " + e.getMessage(), e);
        }
    }

    private static List<String> jarsOf(String classPath) {
        List<String> jars = Stream.of(classPath.split(File.pathSeparator))
                .map(Path::of)
                .filter(ScanArguments::isJar)
                .map(jar -> jar.toAbsolutePath().normalize().toString())
                .distinct()
                .toList();
        if (jars.isEmpty()) {
            throw new IllegalArgumentException("there is no jar on the class path; name jars or folders");
        }
        return jars;
    }

    private static boolean isJar(Path file) {
        return file.toString().endsWith(".jar") && Files.isRegularFile(file);
    }
}
