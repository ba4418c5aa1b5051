package dev.pipelinebox.internal.launch.code;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A jar or web archive that holds others, or classes in a folder. Not thread-safe. */
final class OuterJar implements Closeable {

    private final ZipFile zip;

    private OuterJar(ZipFile zip) {
        this.zip = zip;
    }

    static OuterJar open(Path file) throws IOException {
        return new OuterJar(new ZipFile(file.toFile()));
    }

    /** Of the names and contents of its entries: files with the same size and time may differ. */
    String fingerprint() {
        MessageDigest digest = Sha256.digest();
        zip.stream()
                .forEach(
                        entry -> digest.update((entry.getName() + '\n' + entry.getCrc() + '\n' + entry.getSize() + '\n')
                                .getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** A loader passes over what is not there. */
    boolean has(CodeLocation part) {
        return part.isFolder()
                ? zip.stream().anyMatch(entry -> isBelow(part.entry(), entry))
                : zip.getEntry(part.entry()) != null;
    }

    /** A jar as it is, or a folder as a jar. */
    void copy(CodeLocation part, OutputStream to) throws IOException {
        if (part.isFolder()) {
            pack(part.entry(), to);
        } else {
            copy(zip.getEntry(part.entry()), to);
        }
    }

    /** With its folders, by which programs look for classes and resources. */
    private List<? extends ZipEntry> classes(String prefix) {
        return zip.stream()
                .filter(entry -> isBelow(prefix, entry))
                .sorted(Comparator.comparing(ZipEntry::getName))
                .toList();
    }

    private static boolean isBelow(String prefix, ZipEntry entry) {
        return entry.getName().startsWith(prefix) && !entry.getName().equals(prefix);
    }

    private void pack(String prefix, OutputStream to) throws IOException {
        ZipOutputStream jar = new ZipOutputStream(to);
        Set<String> packed = new HashSet<>();
        for (ZipEntry entry : classes(prefix)) {
            String name = entry.getName().substring(prefix.length());
            for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
                if (packed.add(name.substring(0, slash + 1))) {
                    jar.putNextEntry(StoredEntry.of(name.substring(0, slash + 1), 0, 0));
                }
            }
            if (packed.add(name)) {
                jar.putNextEntry(StoredEntry.of(name, entry.getSize(), entry.getCrc()));
                copy(entry, jar);
            }
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
