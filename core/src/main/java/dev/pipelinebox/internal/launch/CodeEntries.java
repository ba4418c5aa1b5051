package dev.pipelinebox.internal.launch;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class path of the workers: the caller's, with the library's own jars first, so that the class-data archive, which
 * holds those, is valid whatever follows.
 *
 * @param library the jars of the library and what it needs, in a fixed order
 * @param rest everything else, in the order in which the caller's class loaders look
 */
public record CodeEntries(List<Path> library, List<Path> rest) {

    private static final String CORE = "pipelinebox-core";

    /** What the library needs at run time, written by the build: a line {@code group:artifact:type:version:scope} for each. */
    private static final String DEPENDENCIES = "dependencies.txt";

    /** Such as {@code akka-actor_2.13-2.8.5.jar}. */
    private static final Pattern JAR = Pattern.compile("(.+?)-\\d.*\\.jar");

    public static CodeEntries of(ClassLoader loader) {
        Set<Path> all = new LinkedHashSet<>();
        for (ClassLoader next : parentsFirst(loader)) {
            if (next == ClassLoader.getSystemClassLoader()) {
                callers().forEach(all::add);
            } else if (next instanceof URLClassLoader urls) {
                Stream.of(urls.getURLs()).flatMap(CodeEntries::toPath).forEach(all::add);
            }
        }
        callers().forEach(all::add);
        Set<String> artifacts = libraryArtifacts();
        List<Path> existing = all.stream().filter(Files::exists).toList();
        List<Path> library = existing.stream()
                .filter(entry -> isOfLibrary(entry, artifacts))
                .sorted()
                .toList();
        List<Path> rest = new ArrayList<>(existing);
        rest.removeAll(library);
        return new CodeEntries(library, List.copyOf(rest));
    }

    public static String join(List<Path> entries) {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** Whether it is the jar of this library itself, which has another name only where it was packed into another jar. */
    public static boolean isCore(Path entry) {
        return entry.getFileName() != null && entry.getFileName().toString().startsWith(CORE + "-");
    }

    public String joined() {
        return join(Stream.concat(library.stream(), rest.stream()).toList());
    }

    /** A loader asks its parent before it looks itself. */
    private static Deque<ClassLoader> parentsFirst(ClassLoader loader) {
        Deque<ClassLoader> loaders = new ArrayDeque<>();
        for (ClassLoader next = loader; next != null; next = next.getParent()) {
            loaders.addFirst(next);
        }
        return loaders;
    }

    private static Stream<Path> callers() {
        return Stream.of("java.class.path", "jdk.module.path")
                .map(property -> System.getProperty(property, ""))
                .flatMap(path -> Stream.of(path.split(File.pathSeparator)))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().normalize());
    }

    private static boolean isOfLibrary(Path entry, Set<String> artifacts) {
        String name = entry.getFileName() == null ? "" : entry.getFileName().toString();
        Matcher jar = JAR.matcher(name);
        return jar.matches() && artifacts.contains(jar.group(1));
    }

    private static Set<String> libraryArtifacts() {
        Set<String> artifacts = new HashSet<>(Set.of(CORE));
        try (InputStream file = CodeEntries.class.getResourceAsStream(DEPENDENCIES)) {
            if (file != null) {
                new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                        .lines()
                        .map(line -> line.trim().split(":", -1))
                        .filter(coordinates -> coordinates.length > 1)
                        .forEach(coordinates -> artifacts.add(coordinates[1]));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return artifacts;
    }

    /** The jar or folder that a class was loaded from; empty if that is no file. */
    public static Optional<Path> sourceOf(Class<?> type) {
        return Optional.ofNullable(type.getProtectionDomain().getCodeSource())
                .map(CodeSource::getLocation)
                .flatMap(location -> toPath(location).findFirst());
    }

    private static Stream<Path> toPath(URL url) {
        try {
            return Stream.of(Path.of(url.toURI()).toAbsolutePath().normalize());
        } catch (URISyntaxException | FileSystemNotFoundException | IllegalArgumentException notAFile) {
            return Stream.empty();
        }
    }
}
