package dev.pipelinebox.environments;

import dev.pipelinebox.environments.program.FactsProgram;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/** What the build has packed, and what tests pack themselves. */
final class Packed {

    static final String PROGRAM = FactsProgram.class.getName();

    /** Folders and prefix of the build's files. */
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private static final String ARTIFACT = "pipelinebox-environments-";

    private Packed() {}

    /** The program's own jar. */
    static Path jar() {
        return artifact("\\.jar");
    }

    /** The program with all that it needs in one jar. */
    static Path shadedJar() {
        return artifact("-shaded\\.jar");
    }

    /** The same, where of files with the same name one was kept. */
    static Path notMergedJar() {
        return artifact("-not-merged\\.jar");
    }

    /** The program as a web application. */
    static Path webArchive() {
        return artifact("-web\\.war");
    }

    /** What the program needs, the library among it. */
    static List<Path> libraries() {
        return files(TARGET.resolve("lib"), ".*\\.jar");
    }

    /** The loader of Spring Boot with this name. */
    static Path bootLoader(String name) {
        return only(files(TARGET.resolve("boot-loaders"), name + "-\\d.*"));
    }

    /** A stand-alone Tomcat without applications. */
    static Path tomcat() {
        return only(files(TARGET, "apache-tomcat-.*"));
    }

    /** Copies classes of the tests to where a class path can begin. */
    static Path copyClasses(Path folder, Class<?>... types) throws IOException {
        for (Class<?> type : types) {
            Path file = folder.resolve(classFile(type));
            Files.createDirectories(file.getParent());
            Files.write(file, bytes(type));
        }
        return folder;
    }

    /** Writes a jar whose entries are not compressed, as nested jars must not be. */
    static Path writeJar(Path file, Manifest manifest, Content content) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            content.putInto(jar);
        }
        return file;
    }

    /** The entries of a jar. */
    @FunctionalInterface
    interface Content {
        void putInto(JarOutputStream jar) throws IOException;
    }

    static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 checksum = new CRC32();
        checksum.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        jar.putNextEntry(entry);
        jar.write(content);
        jar.closeEntry();
    }

    static String classFile(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    static byte[] bytes(Class<?> type) throws IOException {
        return Files.readAllBytes(TARGET.resolve("test-classes").resolve(classFile(type)));
    }

    private static Path artifact(String rest) {
        return only(files(TARGET, ARTIFACT + "[\\d.]+(-SNAPSHOT)?" + rest));
    }

    private static List<Path> files(Path folder, String pattern) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(pattern))
                    .sorted()
                    .toList();
        } catch (IOException notBuilt) {
            throw new UncheckedIOException("run the package phase of the build first", notBuilt);
        }
    }

    private static Path only(List<Path> files) {
        if (files.size() != 1) {
            throw new AssertionError("one file is expected: " + files + "; run the package phase of the build first");
        }
        return files.get(0);
    }
}
