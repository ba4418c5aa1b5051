package dev.pipelinebox.internal.launch.code.manifest;

import dev.pipelinebox.internal.launch.code.StoredEntry;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;

/**
 * A folder with classes and resources, to be packed to a jar. Its entries have a fixed order and fixed times, so that equal
 * classes give equal bytes, on every machine. Links to what is in the folder are followed; those to nothing are left out, as
 * a class loader does.
 */
final class FolderPacker {

    private final Path folder;
    private final SortedMap<String, Path> entries = new TreeMap<>();

    private FolderPacker(Path folder) {
        this.folder = folder;
    }

    /**
     * Looks through a folder.
     *
     * @throws IOException if it cannot be read, or holds a link to what is not in it
     */
    static FolderPacker of(Path folder) throws IOException {
        FolderPacker packer = new FolderPacker(folder);
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            Path root = folder.toRealPath();
            for (Path file : (Iterable<Path>) files::iterator) {
                packer.add(file, root);
            }
        } catch (UncheckedIOException | FileSystemException unreadable) {
            throw packer.unreadable(unreadable);
        }
        return packer;
    }

    /** What tells whether the folder is as it was, without reading its files. */
    List<SeenFile> seen() throws IOException {
        List<SeenFile> seen = new ArrayList<>();
        for (Path file : entries.values()) {
            seen.add(SeenFile.of(file));
        }
        return seen;
    }

    private void add(Path file, Path root) throws IOException {
        if (file.equals(folder) || (Files.isSymbolicLink(file) && !leadsInto(root, file))) {
            return;
        }
        String name =
                folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
        if (Files.isDirectory(file)) {
            entries.put(name + "/", file);
        } else if (Files.isRegularFile(file)) {
            entries.put(name, file);
        }
    }

    /** Whether there is anything at its end. */
    private static boolean leadsInto(Path root, Path link) throws IOException {
        if (!Files.exists(link)) {
            return false;
        }
        Path target = link.toRealPath();
        if (!target.startsWith(root)) {
            throw new IOException("the symbolic link " + link + " leads to " + target + ", which is not in " + root
                    + " and is not sent to other machines; copy it there, or put it on the class path");
        }
        return true;
    }

    /** Writes the jar. */
    void pack(Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(file))) {
            for (Map.Entry<String, Path> entry : entries.entrySet()) {
                put(out, entry.getKey(), entry.getValue());
            }
        }
    }

    private void put(ZipOutputStream out, String name, Path file) throws IOException {
        if (name.endsWith("/")) {
            out.putNextEntry(StoredEntry.of(name, 0, 0));
            return;
        }
        out.putNextEntry(checked(name, file));
        try (InputStream in = open(file)) {
            in.transferTo(out);
            out.closeEntry();
        } catch (ZipException changed) {
            throw new IOException(
                    file + " has changed while it was read; start the program again when its build is done", changed);
        }
    }

    private ZipEntry checked(String name, Path file) throws IOException {
        CheckedInputStream in = new CheckedInputStream(open(file), new CRC32());
        try (in) {
            long size = in.transferTo(OutputStream.nullOutputStream());
            return StoredEntry.of(name, size, in.getChecksum().getValue());
        }
    }

    private InputStream open(Path file) throws IOException {
        try {
            return Files.newInputStream(file);
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }

    private IOException unreadable(Exception cause) {
        return new IOException(
                "the folder " + folder + " of the class path cannot be read (" + cause
                        + "); make it readable or take it off the class path",
                cause);
    }
}
