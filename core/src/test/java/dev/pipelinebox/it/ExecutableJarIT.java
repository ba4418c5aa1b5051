package dev.pipelinebox.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program in an executable jar with the layout and the loaders of Spring Boot, which nest jars. */
@ExtendWith(NoProcessLeft.class)
class ExecutableJarIT {

    /** Put there by the build. */
    private static final Path LOADERS = Path.of("target", "boot-loaders");

    private static final String LIB = "BOOT-INF/lib/";
    private static final String CLASSES = "BOOT-INF/classes/";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void pack() throws Exception {
        for (String loader : List.of("spring-boot-loader", "spring-boot-loader-classic")) {
            pack(loader);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"spring-boot-loader", "spring-boot-loader-classic"})
    void itsWorkersHaveItsNestedJarsAndClasses(String loader) throws Exception {
        Path cache = folder.resolve("cache of " + loader);

        List<Path> classPath = run(loader, cache);

        assertThat(classPath).allSatisfy(entry -> assertThat(entry).exists());
        assertThat(names(classPath)).contains("classes.jar", "scala-library-2.13.11.jar");
        assertThat(names(classPath).get(0)).startsWith("agrona-");
        List<Path> nested =
                classPath.stream().filter(entry -> entry.startsWith(cache)).toList();
        assertThat(nested).hasSizeGreaterThan(20);
        List<FileTime> times = times(nested);

        assertThat(run(loader, cache)).isEqualTo(classPath);
        assertThat(times(nested)).isEqualTo(times);
    }

    @ParameterizedTest
    @ValueSource(strings = {"spring-boot-loader", "spring-boot-loader-classic"})
    void withoutACacheTheyAreUnpackedForOneRun(String loader) throws Exception {
        Path file = Files.writeString(folder.resolve("no directory of " + loader), "");

        List<Path> classPath = run(loader, file.resolve("cache"));

        assertThat(names(classPath)).contains("classes.jar");
        assertThat(classPath.stream().filter(entry -> names(List.of(entry)).contains("classes.jar")))
                .allSatisfy(entry -> assertThat(entry).doesNotExist());
    }

    /** By a user who cleans up, or by another program after a month. */
    @Test
    void aWorkerStartsAfterTheCacheWasRemovedWhileTheProgramRuns() throws Exception {
        Path cache = folder.resolve("removed cache");

        List<Path> classPath = LaunchedProgram.run(
                        "-jar", jar("spring-boot-loader").toString(), cache.toString(), "remove")
                .classPath();

        assertThat(classPath)
                .anyMatch(entry -> entry.startsWith(cache))
                .allSatisfy(entry -> assertThat(entry).exists());
    }

    private static List<FileTime> times(List<Path> files) throws IOException {
        List<FileTime> times = new ArrayList<>();
        for (Path file : files) {
            times.add(Files.getLastModifiedTime(file));
        }
        return times;
    }

    private static List<String> names(List<Path> files) {
        return files.stream().map(file -> file.getFileName().toString()).toList();
    }

    /** The class path of its worker. */
    private static List<Path> run(String loader, Path cache) throws Exception {
        return LaunchedProgram.run("-jar", jar(loader).toString(), cache.toString())
                .classPath();
    }

    private static Path jar(String loader) {
        return folder.resolve(loader + " app.jar");
    }

    private static void pack(String loader) throws Exception {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, "org.springframework.boot.loader.launch.JarLauncher");
        attributes.putValue("Start-Class", ExecutableProgram.class.getName());
        attributes.putValue("Spring-Boot-Classes", CLASSES);
        attributes.putValue("Spring-Boot-Lib", LIB);
        try (OutputStream file = Files.newOutputStream(jar(loader));
                JarOutputStream jar = new JarOutputStream(file, manifest)) {
            copyLoader(loader, jar);
            put(jar, "BOOT-INF/", new byte[0]);
            put(jar, CLASSES, new byte[0]);
            for (Class<?> type : List.of(ExecutableProgram.class, ExecutableProgram.Properties.class)) {
                String name = type.getName().replace('.', '/') + ".class";
                put(jar, CLASSES + name, type.getResourceAsStream("/" + name).readAllBytes());
            }
            put(jar, LIB, new byte[0]);
            for (Path library : LaunchedProgram.libraries()) {
                put(jar, LIB + library.getFileName(), Files.readAllBytes(library));
            }
        }
    }

    private static void copyLoader(String loader, JarOutputStream to) throws IOException {
        try (Stream<Path> loaders = Files.list(LOADERS)) {
            Path file = loaders.filter(path -> path.getFileName().toString().matches(loader + "-\\d.*"))
                    .findFirst()
                    .orElseThrow();
            try (ZipFile from = new JarFile(file.toFile())) {
                for (ZipEntry entry : from.stream()
                        .filter(entry -> entry.getName().startsWith("org/"))
                        .toList()) {
                    put(to, entry.getName(), from.getInputStream(entry).readAllBytes());
                }
            }
        }
    }

    /** Nested jars must not be compressed. */
    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
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
}
