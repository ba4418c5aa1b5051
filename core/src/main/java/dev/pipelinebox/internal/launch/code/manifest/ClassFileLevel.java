package dev.pipelinebox.internal.launch.code.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Which Java version class files need. */
final class ClassFileLevel {

    /** Of what holds no class. */
    static final int NONE = 0;

    private static final int MAGIC = 0xCAFEBABE;

    /** Of the header, in bytes. */
    private static final int HEADER = 8;

    /** Where the header has the version. */
    private static final int MAJOR = 6;

    /** Class files of Java 1 have the version 45. */
    private static final int BEFORE_JAVA_1 = 44;

    private ClassFileLevel() {}

    /** That of a class, and not of those that it uses. */
    static int of(Class<?> type) throws IOException {
        String name = type.getName();
        try (InputStream in = type.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
            return in == null ? NONE : read(in);
        }
    }

    /**
     * That of a jar, by the first of its classes: builds compile them all for one version. Classes for later versions only,
     * and the description of its module, which may be newer than the rest, do not count.
     */
    static int ofJar(Path file) throws IOException {
        try (ZipFile jar = new ZipFile(file.toFile())) {
            Optional<? extends ZipEntry> first =
                    jar.stream().filter(ClassFileLevel::counts).findFirst();
            if (first.isEmpty()) {
                return NONE;
            }
            try (InputStream in = jar.getInputStream(first.get())) {
                return read(in);
            }
        } catch (ZipException noJar) {
            // A JVM passes over it.
            return NONE;
        }
    }

    private static boolean counts(ZipEntry entry) {
        String name = entry.getName();
        return name.endsWith(".class") && !name.startsWith("META-INF/") && !name.endsWith("module-info.class");
    }

    private static int read(InputStream in) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(in.readNBytes(HEADER));
        return header.limit() == HEADER && header.getInt() == MAGIC
                ? Short.toUnsignedInt(header.getShort(MAJOR)) - BEFORE_JAVA_1
                : NONE;
    }
}
