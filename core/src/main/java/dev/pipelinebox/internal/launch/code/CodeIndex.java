package dev.pipelinebox.internal.launch.code;

import dev.pipelinebox.internal.os.TrustedDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which file of the cache holds what a part of one jar holds. Written to a file, a line for each part, so that a jar that has
 * not changed is not read again.
 *
 * @param parts by the name of the part in the jar
 */
record CodeIndex(Map<String, Part> parts) {

    /**
     * A part.
     *
     * @param file its file, relative to the cache
     * @param size of the file, in bytes
     */
    record Part(String file, long size) {

        /** The directory of the file. */
        String digest() {
            return file.split("/", FIELDS)[1];
        }
    }

    private static final int FIELDS = 3;

    /** Nothing outside of the cache. */
    private static final Pattern FILE = Pattern.compile("code/[0-9a-f]{64}/[^/\\\\]+");

    /** Empty if there is none, or one that was not written to its end. */
    static CodeIndex read(Path file) {
        Map<String, Part> parts = new HashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                String[] fields = line.split("\t", FIELDS);
                if (fields.length == FIELDS
                        && fields[0].matches("\\d{1,18}")
                        && FILE.matcher(fields[1]).matches()) {
                    parts.put(fields[2], new Part(fields[1], Long.parseLong(fields[0])));
                }
            }
        } catch (IOException noneOrBroken) {
            return new CodeIndex(Map.of());
        }
        return new CodeIndex(parts);
    }

    void write(Path file) throws IOException {
        List<String> lines = parts.entrySet().stream()
                .map(part -> part.getValue().size() + "\t" + part.getValue().file() + "\t" + part.getKey())
                .sorted()
                .toList();
        Files.write(file, lines);
    }

    /** The file of a part, if it is there. */
    Optional<Path> find(String entry, Path cache) {
        return Optional.ofNullable(parts.get(entry)).flatMap(part -> {
            Path file = cache.resolve(part.file());
            try {
                return Files.size(file) == part.size()
                                && isOfOwner(file, cache)
                                && isOfOwner(cache.resolve(CodeCache.CODE).resolve(part.digest()), cache)
                        ? Optional.of(file)
                        : Optional.empty();
            } catch (IOException gone) {
                return Optional.empty();
            }
        });
    }

    /** It runs as code. */
    private static boolean isOfOwner(Path file, Path cache) throws IOException {
        return TrustedDirectory.danger(file, Files.getOwner(cache)).isEmpty();
    }
}
