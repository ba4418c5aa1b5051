package dev.pipelinebox.internal.launch.code.manifest;

import dev.pipelinebox.internal.launch.code.CodeEntries;
import dev.pipelinebox.internal.os.LockedDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the manifest of a class path. Jars are entries as they are, and so are other files; what the manifests of jars put on
 * the class path follows the jar that names it; folders are packed to jars in a temporary directory, which is there until
 * this is closed. What does not exist is left out, and of equal files all but the first. A file or folder that has not
 * changed is read once. Thread-safe.
 *
 * <p>Not in the manifest: the module path, and what the classes read by a path of their own.
 */
public final class ManifestMaker implements AutoCloseable {

    private final Path root;
    private final FileFacts.Memory memory = new FileFacts.Memory();
    private final Map<Path, Packed> packed = new HashMap<>();
    private @Nullable LockedDirectory temporary;

    /** A folder that was packed. */
    private record Packed(List<SeenFile> seen, Path jar) {}

    /**
     * A maker, which keeps what it has read.
     *
     * @param root where it may make a temporary directory
     */
    public ManifestMaker(Path root) {
        this.root = root;
    }

    /**
     * Reads a class path.
     *
     * @param classPath the class path
     * @param workerClass a class whose version counts, beside that of the first class of each entry
     * @return the manifest, and from where its entries can be read
     * @throws IOException if an entry cannot be read, a link leaves its folder, or the temporary directory cannot be written;
     *     the message names the file and what to do
     */
    public synchronized LocalCode make(CodeEntries classPath, Class<?> workerClass) throws IOException {
        CodeEntries all = classPath.withManifestClassPaths();
        Map<String, SeenFile> files = new LinkedHashMap<>();
        List<FileFacts> facts = new ArrayList<>();
        List<CodeBlob> library = blobs(all.library(), files, facts);
        List<CodeBlob> rest = blobs(all.rest(), files, facts);
        int javaVersion =
                facts.stream().mapToInt(FileFacts::javaVersion).reduce(ClassFileLevel.of(workerClass), Math::max);
        return new LocalCode(new CodeManifest(library, rest, javaVersion), files);
    }

    private List<CodeBlob> blobs(List<Path> entries, Map<String, SeenFile> files, List<FileFacts> facts)
            throws IOException {
        List<CodeBlob> blobs = new ArrayList<>();
        for (Path entry : entries) {
            boolean isFolder = Files.isDirectory(entry);
            FileFacts read = memory.of(isFolder ? jarOf(entry) : entry);
            if (files.putIfAbsent(read.sha256(), read.seen()) == null) {
                String name = Objects.toString(entry.getFileName(), "root") + (isFolder ? ".jar" : "");
                blobs.add(new CodeBlob(read.sha256(), read.seen().size(), CodeBlob.safeName(name)));
                facts.add(read);
            }
        }
        return blobs;
    }

    private Path jarOf(Path folder) throws IOException {
        FolderPacker packer = FolderPacker.of(folder);
        List<SeenFile> seen = packer.seen();
        Packed before = packed.get(folder);
        if (before != null && before.seen().equals(seen) && Files.exists(before.jar())) {
            return before.jar();
        }
        Path jar = Files.createTempFile(directory(), "folder", ".jar");
        packer.pack(jar);
        packed.put(folder, new Packed(seen, jar));
        return jar;
    }

    private Path directory() throws IOException {
        if (temporary == null || !temporary.isThere()) {
            temporary = LockedDirectory.create(root);
        }
        return temporary.path();
    }

    /** Removes the jars that were packed. */
    @Override
    public synchronized void close() {
        if (temporary != null) {
            temporary.close();
        }
    }
}
