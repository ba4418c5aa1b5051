package dev.pipelinebox.internal.launch.code;

import java.io.IOException;
import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** What the manifest of a jar puts on the class path. */
final class ManifestClassPath {

    private ManifestClassPath() {}

    static Stream<Path> of(JarFile jar, Path file) throws IOException {
        Manifest manifest = jar.getManifest();
        String further = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
        return further == null
                ? Stream.empty()
                : Stream.of(further.split("\\s+"))
                        .filter(entry -> !entry.isEmpty())
                        .flatMap(entry -> resolved(file, entry));
    }

    /** Adds an entry of a class path, and then what it names, what that names, and so on. */
    static void addTo(Set<Path> all, Path entry) {
        if (Files.exists(entry) && all.add(entry) && Files.isRegularFile(entry)) {
            try (JarFile jar = new JarFile(entry.toFile(), false)) {
                of(jar, entry).forEach(further -> addTo(all, further));
            } catch (IOException noJar) {
                // A JVM passes over it.
            }
        }
    }

    private static Stream<Path> resolved(Path jar, String entry) {
        try {
            return CodeLocation.of(jar.toUri().resolve(entry).toURL()).map(CodeLocation::file).stream();
        } catch (MalformedURLException | IllegalArgumentException noFile) {
            return Stream.empty();
        }
    }
}
