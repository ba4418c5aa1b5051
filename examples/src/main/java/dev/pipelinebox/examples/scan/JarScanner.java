package dev.pipelinebox.examples.scan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;

/**
 * Scans jars with the result of {@code jdeprscan --for-removal}: each jar by itself, with the JDK and no class path,
 * and in a multi-release jar the classes of every release.
 *
 * <p>It finds more than {@code jdeprscan} in two cases: {@code jdeprscan} cannot match a method with a type parameter
 * in its signature, such as {@code Subject.doAs}; and at a class file that it cannot read it drops the rest of the jar.
 */
final class JarScanner {

    private final JdkClasses jdk;
    private final RemovalIndex index;

    JarScanner(JdkClasses jdk, RemovalIndex index) {
        this.jdk = jdk;
        this.index = index;
    }

    /**
     * Scans one jar. A class file that cannot be read is noted in the report, and the rest is scanned.
     *
     * @throws IOException if the file is no jar; its message names the jar, the cause and what to do
     */
    JarReport scan(String jar) throws IOException {
        try (ZipFile zip = new ZipFile(Path.of(jar).toFile())) {
            return new Scan(jar, zip).run();
        } catch (NoSuchFileException e) {
            throw new IOException("cannot read " + jar + ": there is no such file; was it moved or deleted?", e);
        } catch (IOException e) {
            throw new IOException(
                    "cannot read " + jar + ": " + e.getMessage()
                            + "; is it a whole jar? Download or build it again, or leave it out",
                    e);
        }
    }

    private final class Scan {

        private final String jar;
        private final ZipFile zip;
        private final ClassLookup lookup = new ClassLookup(this::find);
        private final Map<String, Optional<ClassShape>> shapes = new HashMap<>();
        private final TreeSet<ApiUse> uses = new TreeSet<>();
        private final List<String> unreadable = new ArrayList<>();
        private int classes;

        Scan(String jar, ZipFile zip) {
            this.jar = jar;
            this.zip = zip;
        }

        JarReport run() {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (isClass(entry.getName())) {
                    scan(entry);
                }
            }
            return new JarReport(
                    jar,
                    classes,
                    List.copyOf(uses),
                    unreadable,
                    ProcessHandle.current().pid());
        }

        private boolean isClass(String name) {
            return name.endsWith(".class")
                    && !name.endsWith("package-info.class")
                    && !name.endsWith("module-info.class");
        }

        /** Catches everything: ASM throws many kinds of exception on a damaged class file. */
        private void scan(ZipEntry entry) {
            List<ApiUse> found = new ArrayList<>();
            try {
                ClassScan.scan(index, lookup, read(entry), found);
                uses.addAll(found);
                classes++;
            } catch (IOException | RuntimeException e) {
                unreadable.add(entry.getName() + " is damaged or too new (" + e + ")");
            }
        }

        private ClassReader read(ZipEntry entry) throws IOException {
            try (InputStream content = zip.getInputStream(entry)) {
                return new ClassReader(content.readAllBytes());
            }
        }

        private @Nullable ClassShape find(String className) {
            ClassShape ofJdk = jdk.find(className);
            return ofJdk != null
                    ? ofJdk
                    : shapes.computeIfAbsent(className, this::findInJar).orElse(null);
        }

        private Optional<ClassShape> findInJar(String className) {
            ZipEntry entry = zip.getEntry(className + ".class");
            if (entry == null) {
                return Optional.empty();
            }
            try {
                return Optional.of(ClassShape.of(read(entry)));
            } catch (IOException | RuntimeException e) {
                return Optional.empty();
            }
        }
    }
}
