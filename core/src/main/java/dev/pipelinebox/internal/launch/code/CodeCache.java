package dev.pipelinebox.internal.launch.code;

import dev.pipelinebox.internal.os.LockedDirectory;
import dev.pipelinebox.internal.os.TrustedDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jars that were nested in others, as files, which another JVM can open. They are kept in the user's cache directory by the
 * SHA-256 of their bytes, for all programs; where that cannot be used, in a temporary directory until this is closed.
 * Thread-safe.
 *
 * <p>Its layout: {@code code/SHA-256/name.jar}, and {@code index/} with a {@link CodeIndex} for each outer jar. A file is
 * written under another name and then renamed, and never written again, so that programs that start together, or are killed,
 * do not disturb each other.
 */
public final class CodeCache implements AutoCloseable {

    static final String CODE = "code";
    static final String INDEX = "index";

    /** Another program may remove what has not been used for long, just when it is to be used again. */
    private static final int ATTEMPTS = 3;

    private final Path directory;
    private final Map<Path, Unpacked> inUse = new LinkedHashMap<>();
    private @Nullable LockedDirectory temporary;

    /** What a program uses of one outer jar. */
    private record Unpacked(Path indexFile, Map<CodeLocation, Path> files) {

        boolean isThere() {
            return files.values().stream().allMatch(Files::exists);
        }
    }

    /**
     * A cache in a directory, which is made when it is needed.
     *
     * @param directory the directory
     */
    public CodeCache(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    /** The file of each part of this outer jar, without those that are not there. */
    synchronized Map<CodeLocation, Path> unpack(Path outer, List<CodeLocation> parts) throws IOException {
        if (Files.notExists(outer)) {
            return Map.of();
        }
        Unpacked unpacked = unpacked(outer, parts);
        inUse.put(outer, unpacked);
        return unpacked.files();
    }

    /**
     * Sees to it that the files are there, and notes that they are used. To be called before each start of a process, since
     * a program may run for longer than caches are kept.
     *
     * @throws IOException if they were removed and cannot be unpacked again
     */
    public synchronized void ensure() throws IOException {
        for (Map.Entry<Path, Unpacked> used : inUse.entrySet()) {
            Unpacked before = used.getValue();
            if (before.isThere()) {
                noteUse(before.indexFile());
            } else if (temporary != null || !again(used.getKey(), before).equals(before)) {
                throw new IOException("jars that were unpacked from " + used.getKey()
                        + " have been removed, and cannot be made again as they were; start the program again");
            }
        }
    }

    private Unpacked again(Path outer, Unpacked before) throws IOException {
        return unpacked(outer, List.copyOf(before.files().keySet()));
    }

    /** Removes what is not kept for later. To be called when no process uses it any more. */
    @Override
    public synchronized void close() {
        if (temporary != null) {
            temporary.close();
        }
    }

    private Unpacked unpacked(Path outer, List<CodeLocation> parts) throws IOException {
        try (OuterJar jar = OuterJar.open(outer)) {
            List<CodeLocation> present = parts.stream().filter(jar::has).toList();
            if (temporary == null) {
                try {
                    return unpacked(ensured(directory), jar, present);
                } catch (IOException unusable) {
                    log().info(
                                    "Jars that are nested in others are unpacked at each start, since {} cannot keep them: {}",
                                    directory,
                                    unusable.toString());
                    temporary = LockedDirectory.create(
                            Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath());
                }
            }
            return unpacked(ensured(temporary.path()), jar, present);
        }
    }

    private static Path ensured(Path root) throws IOException {
        new TrustedDirectory(root).ensure();
        new TrustedDirectory(root.resolve(CODE)).ensure();
        new TrustedDirectory(root.resolve(INDEX)).ensure();
        return root;
    }

    private static Unpacked unpacked(Path root, OuterJar jar, List<CodeLocation> parts) throws IOException {
        Path indexFile = root.resolve(INDEX).resolve(jar.fingerprint());
        IOException lastProblem = new IOException("it is removed again and again by other programs");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            CodeIndex index = CodeIndex.read(indexFile);
            Map<CodeLocation, Path> found = found(root, index, parts);
            if (found.size() == parts.size()) {
                noteUse(indexFile);
                return new Unpacked(indexFile, found);
            }
            try {
                make(root, jar, parts, index, indexFile);
            } catch (FileSystemException disturbed) {
                lastProblem = disturbed;
            }
            CodeTidying.run(root);
        }
        throw lastProblem;
    }

    private static Map<CodeLocation, Path> found(Path root, CodeIndex index, List<CodeLocation> parts) {
        Map<CodeLocation, Path> found = new HashMap<>();
        for (CodeLocation part : parts) {
            index.find(part.entry(), root).ifPresent(file -> found.put(part, file));
        }
        return found;
    }

    /** What is missing; another loader of the same jar may use other parts. */
    private static void make(Path root, OuterJar jar, List<CodeLocation> parts, CodeIndex index, Path indexFile)
            throws IOException {
        Map<String, CodeIndex.Part> all = new HashMap<>(index.parts());
        for (CodeLocation part : parts) {
            if (index.find(part.entry(), root).isEmpty()) {
                all.put(part.entry(), make(root, jar, part));
            }
        }
        Path unfinished = unfinished(root);
        new CodeIndex(all).write(unfinished);
        Files.move(unfinished, indexFile, StandardCopyOption.ATOMIC_MOVE);
    }

    private static CodeIndex.Part make(Path root, OuterJar jar, CodeLocation part) throws IOException {
        Path unfinished = unfinished(root);
        try {
            String digest = write(jar, part, unfinished);
            Path home = root.resolve(CODE).resolve(digest);
            new TrustedDirectory(home).ensure();
            Path target = home.resolve(name(part));
            long size = Files.size(unfinished);
            if (Files.notExists(target) || Files.size(target) != size) {
                Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            }
            return new CodeIndex.Part(CODE + "/" + digest + "/" + name(part), size);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** To the disk, too: after a loss of power, a file that was renamed must not be empty. */
    private static String write(OuterJar jar, CodeLocation part, Path file) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest)) {
            jar.copy(part, out);
            channel.force(true);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static Path unfinished(Path root) {
        return root.resolve(CODE).resolve(UUID.randomUUID() + ".tmp");
    }

    /** By the name of its jar the library knows its own. */
    private static String name(CodeLocation part) {
        String path = part.isFolder() ? part.entry().substring(0, part.entry().length() - 1) + ".jar" : part.entry();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static void noteUse(Path indexFile) {
        try {
            Files.setLastModifiedTime(indexFile, FileTime.from(Instant.now()));
        } catch (IOException gone) {
            log().debug("The use of {} could not be noted", indexFile, gone);
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(CodeCache.class);
    }
}
