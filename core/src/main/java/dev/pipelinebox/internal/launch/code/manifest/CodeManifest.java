package dev.pipelinebox.internal.launch.code.manifest;

import dev.pipelinebox.internal.launch.code.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the workers of a pool need on another machine.
 *
 * @param library the jars of the library and what it needs, which come first in the class path
 * @param rest everything else, in the order of the class path
 * @param javaVersion the oldest Java that can load the classes, such as 17
 */
public record CodeManifest(List<CodeBlob> library, List<CodeBlob> rest, int javaVersion) {

    /** @throws IllegalArgumentException if it has no entries, or needs a Java that does not exist */
    public CodeManifest {
        library = List.copyOf(library);
        rest = List.copyOf(rest);
        if (javaVersion < 0 || library.size() + rest.size() == 0) {
            throw new IllegalArgumentException(
                    "a manifest of " + (library.size() + rest.size()) + " entries for Java " + javaVersion);
        }
    }

    /** All entries, in the order of the class path. */
    public List<CodeBlob> entries() {
        return Stream.concat(library.stream(), rest.stream()).toList();
    }

    /** The sum of the sizes, in bytes. */
    public long size() {
        return entries().stream().mapToLong(CodeBlob::size).sum();
    }

    /** The digest of a part of a class path: equal for equal entries with equal names in the same order. */
    public static String digest(List<CodeBlob> entries) {
        String text = entries.stream()
                .map(entry -> entry.sha256() + " " + entry.fileName() + "\n")
                .collect(Collectors.joining());
        return HexFormat.of().formatHex(Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
