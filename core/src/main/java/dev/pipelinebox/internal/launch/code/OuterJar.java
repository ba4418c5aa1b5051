package dev.pipelinebox.internal.launch.code;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A jar or web archive that holds others, or classes in a folder. Not thread-safe. */
final class OuterJar implements Closeable {

    /** The same classes make the same bytes. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final Path file;
    private final ZipFile zip;

    private OuterJar(Path file, ZipFile zip) {
        this.file = file;
        this.zip = zip;
    }

    static OuterJar open(Path file) throws IOException {
        return new OuterJar(file, new ZipFile(file.toFile()));
    }

    /** A jar as it is, or a folder as a jar. */
    void copy(CodeLocation part, OutputStream to) throws IOException {
        if (part.isFolder()) {
            pack(part.entry(), to);
        } else {
            copy(found(part.entry()), to);
        }
    }

    private ZipEntry found(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new ZipException(file + " has no " + name);
        }
        return entry;
    }

    private void pack(String prefix, OutputStream to) throws IOException {
        List<? extends ZipEntry> classes = zip.stream()
                .filter(entry -> entry.getName().startsWith(prefix) && !entry.isDirectory())
                .sorted(Comparator.comparing(ZipEntry::getName))
                .toList();
        ZipOutputStream jar = new ZipOutputStream(to);
        for (ZipEntry entry : classes) {
            ZipEntry packed = new ZipEntry(entry.getName().substring(prefix.length()));
            packed.setTimeLocal(TIME);
            jar.putNextEntry(packed);
            copy(entry, jar);
            jar.closeEntry();
        }
        jar.finish();
    }

    private void copy(ZipEntry entry, OutputStream to) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            in.transferTo(to);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
