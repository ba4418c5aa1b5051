package dev.pipelinebox.internal.launch.code;

import dev.pipelinebox.internal.os.LockedDirectory;
import dev.pipelinebox.internal.os.TrustedDirectory;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jars that were nested in others, as files, which another JVM can open. They are kept in the user's cache directory by the
 * SHA-256 of their bytes, for all programs; where that cannot be used, in a temporary directory until this is closed.
 * Thread-safe.
 *
 * <p>Its layout: {@code code/SHA-256/name.jar}, and {@code index/} with a {@link CodeIndex} for each outer jar. What is in
 * use for the first time is written under another name and then renamed, so that programs that start together do not disturb
 * each other.
 */
public final class CodeCache implements AutoCloseable {

    /** Outer jars that no program has used for so long, and what only they hold, are removed. */
    private static final Duration KEPT_UNUSED = Duration.ofDays(30);

    /** What no index names may just be made. */
    private static final Duration KEPT_UNNAMED = Duration.ofDays(1);

    private static final String CODE = "code";
    private static final String INDEX = "index";

    private final Path directory;
    private @Nullable LockedDirectory temporary;

    /**
     * A cache in a directory, which is made when it is needed.
     *
     * @param directory the directory
     */
    public CodeCache(Path directory) {
        this.directory = directory;
    }

    /** The file of each part of this outer jar. */
    synchronized Map<CodeLocation, Path> unpack(Path outer, List<CodeLocation> parts) throws IOException {
        Path root = root();
        Files.createDirectories(root.resolve(CODE));
        Files.createDirectories(root.resolve(INDEX));
        Path indexFile = root.resolve(INDEX).resolve(fingerprint(outer));
        CodeIndex index = CodeIndex.read(indexFile);
        Map<CodeLocation, Path> found = new HashMap<>();
        for (CodeLocation part : parts) {
            index.find(part.entry(), root).ifPresent(file -> found.put(part, file));
        }
        if (found.size() < parts.size()) {
            found.putAll(make(root, outer, parts, indexFile));
            tidy(root);
        } else {
            Files.setLastModifiedTime(indexFile, FileTime.from(Instant.now()));
        }
        return found;
    }

    /** Removes what is not kept for later. To be called when no process uses it any more. */
    @Override
    public synchronized void close() {
        if (temporary != null) {
            temporary.close();
        }
    }

    private Path root() throws IOException {
        if (temporary != null) {
            return temporary.path();
        }
        try {
            new TrustedDirectory(directory).ensure();
            return directory;
        } catch (IOException unusable) {
            log().info(
                            "Jars that are nested in others are unpacked at each start, since {} cannot keep them: {}",
                            directory,
                            unusable.toString());
            temporary = LockedDirectory.create(Path.of(System.getProperty("java.io.tmpdir")));
            return temporary.path();
        }
    }

    private static Map<CodeLocation, Path> make(Path root, Path outer, List<CodeLocation> parts, Path indexFile)
            throws IOException {
        Map<CodeLocation, Path> made = new HashMap<>();
        Map<String, CodeIndex.Part> index = new HashMap<>();
        try (OuterJar jar = OuterJar.open(outer)) {
            for (CodeLocation part : parts) {
                Path file = make(root, jar, part);
                made.put(part, file);
                index.put(
                        part.entry(),
                        new CodeIndex.Part(root.relativize(file).toString().replace('\\', '/'), Files.size(file)));
            }
        }
        Path unfinished = unfinished(root);
        new CodeIndex(index).write(unfinished);
        Files.move(unfinished, indexFile, StandardCopyOption.ATOMIC_MOVE);
        return made;
    }

    private static Path make(Path root, OuterJar jar, CodeLocation part) throws IOException {
        Path unfinished = unfinished(root);
        try {
            MessageDigest digest = sha256();
            try (OutputStream file = new DigestOutputStream(
                    new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 16), digest)) {
                jar.copy(part, file);
            }
            Path target = root.resolve(CODE)
                    .resolve(HexFormat.of().formatHex(digest.digest()))
                    .resolve(name(part));
            Files.createDirectories(target.getParent());
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            return target;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static Path unfinished(Path root) {
        return root.resolve(CODE).resolve(UUID.randomUUID() + ".tmp");
    }

    /** By the name of its jar the library knows its own. */
    private static String name(CodeLocation part) {
        String path = part.isFolder() ? part.entry().substring(0, part.entry().length() - 1) + ".jar" : part.entry();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static void tidy(Path root) throws IOException {
        Set<String> named = new HashSet<>();
        for (Path index : list(root.resolve(INDEX))) {
            if (isOlder(index, KEPT_UNUSED)) {
                Files.deleteIfExists(index);
            } else {
                CodeIndex.read(index).parts().values().forEach(part -> named.add(digest(part)));
            }
        }
        for (Path code : list(root.resolve(CODE))) {
            if (!named.contains(code.getFileName().toString()) && isOlder(code, KEPT_UNNAMED)) {
                for (Path file : Files.isDirectory(code) ? list(code) : List.<Path>of()) {
                    Files.deleteIfExists(file);
                }
                Files.deleteIfExists(code);
            }
        }
    }

    private static String digest(CodeIndex.Part part) {
        return Path.of(part.file()).getName(1).toString();
    }

    private static boolean isOlder(Path file, Duration age) {
        try {
            return Files.getLastModifiedTime(file)
                            .compareTo(FileTime.from(Instant.now().minus(age)))
                    < 0;
        } catch (IOException gone) {
            return false;
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            files.forEach(all::add);
        }
        return all;
    }

    /** Of a jar that may be large: it is taken for the same if its place, size and time are. */
    private static String fingerprint(Path outer) throws IOException {
        String inputs = outer.toRealPath() + "\n" + Files.size(outer) + "\n"
                + Files.getLastModifiedTime(outer).toMillis();
        return HexFormat.of().formatHex(sha256().digest(inputs.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(CodeCache.class);
    }
}
