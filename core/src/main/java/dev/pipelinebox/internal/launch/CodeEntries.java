package dev.pipelinebox.internal.launch;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class path of the workers: the caller's, with the library's own jars first, so that the class-data archive, which
 * holds those, is valid whatever follows.
 *
 * @param library the jars of the library and what it needs, in a fixed order
 * @param rest everything else, in the caller's order
 */
public record CodeEntries(List<Path> library, List<Path> rest) {

    /** What the library's own jars are called; a user's jar such as {@code config-tools-1.jar} is none of them. */
    private static final Pattern LIBRARY_JAR = Pattern.compile("("
            + "agrona|asn-one|config|jspecify|pipelinebox-core|reactive-streams|scala-library|slf4j-api"
            + "|(scala-java8-compat|ssl-config-core)_[\\d.]+"
            + "|akka-(actor|actor-typed|cluster|cluster-tools|cluster-typed|coordination|distributed-data|pki|protobuf-v3"
            + "|remote|serialization-jackson|slf4j|stream)_[\\d.]+"
            + "|jackson-(core|annotations|databind|dataformat-cbor|datatype-jdk8|datatype-jsr310|module-parameter-names)"
            + ")-\\d.*\\.jar");

    public static CodeEntries of(ClassLoader loader) {
        Set<Path> all = new LinkedHashSet<>();
        for (ClassLoader next = loader; next != null; next = next.getParent()) {
            if (next instanceof URLClassLoader urls) {
                Stream.of(urls.getURLs()).flatMap(CodeEntries::toPath).forEach(all::add);
            }
        }
        Stream.of("java.class.path", "jdk.module.path")
                .map(property -> System.getProperty(property, ""))
                .flatMap(path -> Stream.of(path.split(File.pathSeparator)))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().normalize())
                .forEach(all::add);
        List<Path> existing = all.stream().filter(Files::exists).toList();
        List<Path> library =
                existing.stream().filter(CodeEntries::isOfLibrary).sorted().toList();
        List<Path> rest = new ArrayList<>(existing);
        rest.removeAll(library);
        return new CodeEntries(library, List.copyOf(rest));
    }

    public static String join(List<Path> entries) {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    public String joined() {
        return join(Stream.concat(library.stream(), rest.stream()).toList());
    }

    private static boolean isOfLibrary(Path entry) {
        String name = entry.getFileName() == null ? "" : entry.getFileName().toString();
        return LIBRARY_JAR.matcher(name).matches();
    }

    private static Stream<Path> toPath(URL url) {
        try {
            return Stream.of(Path.of(url.toURI()).toAbsolutePath().normalize());
        } catch (URISyntaxException | FileSystemNotFoundException | IllegalArgumentException notAFile) {
            return Stream.empty();
        }
    }
}
