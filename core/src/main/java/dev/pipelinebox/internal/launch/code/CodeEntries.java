package dev.pipelinebox.internal.launch.code;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

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

    /**
     * What this loader and its parents see.
     *
     * @param cache keeps what is nested in jars
     * @throws UncheckedIOException if a nested jar cannot be unpacked
     */
    public static CodeEntries of(ClassLoader loader, CodeCache cache) {
        Set<CodeLocation> all = new LinkedHashSet<>();
        for (ClassLoader next : parentsFirst(loader)) {
            Set<CodeLocation> own = own(next);
            all = !isOfJdk(next) && LoaderRoots.isParentLast(next, own) ? union(own, all) : union(all, own);
        }
        callers().forEach(all::add);
        return of(files(all, cache));
    }

    private static Set<CodeLocation> own(ClassLoader loader) {
        if (loader == ClassLoader.getSystemClassLoader()) {
            return callers().collect(Collectors.toCollection(LinkedHashSet::new));
        }
        if (loader instanceof URLClassLoader urls) {
            return Stream.of(urls.getURLs())
                    .flatMap(CodeEntries::toLocation)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }
        return isOfJdk(loader) ? Set.of() : LoaderRoots.ownOf(loader);
    }

    /** They ask their parents first; to find that out would open every jar of the class path. */
    private static boolean isOfJdk(ClassLoader loader) {
        return loader == ClassLoader.getSystemClassLoader() || loader == ClassLoader.getPlatformClassLoader();
    }

    private static Set<CodeLocation> union(Set<CodeLocation> first, Set<CodeLocation> second) {
        Set<CodeLocation> all = new LinkedHashSet<>(first);
        all.addAll(second);
        return all;
    }

    /** In the same order, which only the loader of each outer jar knows. */
    private static List<Path> files(Set<CodeLocation> all, CodeCache cache) {
        Map<Path, List<CodeLocation>> nested =
                all.stream().filter(location -> !location.isWhole()).collect(Collectors.groupingBy(CodeLocation::file));
        Map<CodeLocation, Path> unpacked = new HashMap<>();
        nested.forEach((outer, parts) -> {
            try {
                unpacked.putAll(cache.unpack(outer, parts));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(
                        "The jars in " + outer + " cannot be unpacked for the workers (" + unreadable.getMessage()
                                + "); give them room in the user's cache directory or in the temporary directory",
                        unreadable);
            }
        });
        return all.stream()
                .map(location -> location.isWhole() ? location.file() : unpacked.get(location))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private static CodeEntries of(List<Path> all) {
        Set<String> artifacts = libraryArtifacts();
        List<Path> existing = all.stream().filter(Files::exists).toList();
        Map<String, Path> firstOfEach = new TreeMap<>();
        existing.forEach(entry -> artifact(entry, artifacts).ifPresent(name -> firstOfEach.putIfAbsent(name, entry)));
        List<Path> library = firstOfEach.values().stream()
                .sorted(Comparator.comparing(Path::getFileName))
                .toList();
        List<Path> rest = new ArrayList<>(existing);
        rest.removeAll(library);
        boolean isPacked = library.stream().noneMatch(CodeEntries::isCore) && !rest.isEmpty() && isCore(rest.get(0));
        return isPacked
                ? new CodeEntries(
                        Stream.concat(library.stream(), rest.stream().limit(1)).toList(),
                        List.copyOf(rest.subList(1, rest.size())))
                : new CodeEntries(library, List.copyOf(rest));
    }

    /**
     * Those and the jars and folders that the manifests of their jars put on the class path, each behind the jar that names
     * it, where a JVM looks. Elsewhere they would not be found beside their jars.
     */
    public CodeEntries withManifestClassPaths() {
        Set<Path> all = new LinkedHashSet<>();
        Stream.concat(library.stream(), rest.stream()).forEach(entry -> ManifestClassPath.addTo(all, entry));
        return of(List.copyOf(all));
    }

    public static String join(List<Path> entries) {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** Whether it is the jar that has this library's classes: its own, or one into which it was packed. */
    public static boolean isCore(Path entry) {
        return hasNameOfCore(entry)
                || sourceOf(CodeEntries.class)
                        .filter(entry::equals)
                        .filter(Files::isRegularFile)
                        .isPresent();
    }

    private static boolean hasNameOfCore(Path entry) {
        return entry.getFileName() != null && entry.getFileName().toString().startsWith(CORE + "-");
    }

    /**
     * Whether another JVM with this class path finds a class.
     *
     * @param type a class of this JVM
     * @return false for one that exists in memory only
     */
    public boolean contains(Class<?> type) {
        if (type.getClassLoader() == null || ModulePath.isResolvedAtStart(type)) {
            return true;
        }
        String name = type.getName().replace('.', '/') + ".class";
        Set<Path> seen = new HashSet<>();
        Stream<Path> first = sourceOf(type).filter(rest::contains).stream();
        return Stream.of(first, rest.stream(), library.stream())
                .flatMap(entries -> entries)
                .anyMatch(entry -> contains(entry, name, seen));
    }

    /** In a jar, or in another one that its manifest puts on the class path. */
    private static boolean contains(Path entry, String name, Set<Path> seen) {
        if (!seen.add(entry)) {
            return false;
        }
        if (Files.isDirectory(entry)) {
            return Files.exists(entry.resolve(name));
        }
        try (JarFile jar = new JarFile(entry.toFile(), false, ZipFile.OPEN_READ, Runtime.version())) {
            return jar.getEntry(name) != null
                    || ManifestClassPath.of(jar, entry).anyMatch(further -> contains(further, name, seen));
        } catch (IOException noJar) {
            return false;
        }
    }

    public boolean isEmpty() {
        return library.isEmpty() && rest.isEmpty();
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

    private static Stream<CodeLocation> callers() {
        return Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> new CodeLocation(Path.of(entry).toAbsolutePath().normalize(), ""));
    }

    private static Optional<String> artifact(Path entry, Set<String> artifacts) {
        String name = entry.getFileName() == null ? "" : entry.getFileName().toString();
        Matcher jar = JAR.matcher(name);
        return jar.matches() && artifacts.contains(jar.group(1)) ? Optional.of(jar.group(1)) : Optional.empty();
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
        return location(type)
                .flatMap(CodeLocation::of)
                .filter(CodeLocation::isWhole)
                .map(CodeLocation::file);
    }

    private static Optional<URL> location(Class<?> type) {
        return Optional.ofNullable(type.getProtectionDomain().getCodeSource()).map(CodeSource::getLocation);
    }

    private static Stream<CodeLocation> toLocation(URL url) {
        return CodeLocation.of(url).stream();
    }
}
