package dev.pipelinebox.environments;

import static dev.pipelinebox.environments.LaunchedProgram.names;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.environments.program.CacheRemovingProgram;
import dev.pipelinebox.environments.program.FactsProgram;
import java.io.IOException;
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
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A program in an executable jar with the layout and the loaders of Spring Boot, which nest jars. */
@ExtendWith(NoProcessLeft.class)
class ExecutableJarIT {

    private static final String LOADER = "spring-boot-loader";
    private static final String CLASSIC_LOADER = "spring-boot-loader-classic";
    private static final String LIB = "BOOT-INF/lib/";
    private static final String CLASSES = "BOOT-INF/classes/";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void pack() throws Exception {
        pack(LOADER, FactsProgram.class);
        pack(CLASSIC_LOADER, FactsProgram.class);
        pack(LOADER, CacheRemovingProgram.class);
    }

    /** The loader before Spring Boot 3.2 and the one since then: what both have unpacked are the same files. */
    @Test
    void itsWorkersHaveItsNestedJarsAndClassesWithBothLoaders() throws Exception {
        Path cache = folder.resolve("cache");

        List<Path> classPath = run(LOADER, cache);

        assertThat(classPath).allSatisfy(entry -> assertThat(entry).exists());
        assertThat(names(classPath)).contains("classes.jar", "scala-library-2.13.11.jar");
        assertThat(names(classPath).get(0)).startsWith("agrona-");
        List<Path> nested =
                classPath.stream().filter(entry -> entry.startsWith(cache)).toList();
        assertThat(nested).hasSizeGreaterThan(20);
        List<FileTime> times = times(nested);

        assertThat(run(CLASSIC_LOADER, cache)).containsAll(nested);
        assertThat(times(nested)).isEqualTo(times);
    }

    @Test
    void withoutACacheTheyAreUnpackedForOneRun() throws Exception {
        Path file = Files.writeString(folder.resolve("no directory"), "");

        List<Path> classPath = run(LOADER, file.resolve("cache"));

        assertThat(names(classPath)).contains("classes.jar");
        assertThat(classPath.stream().filter(entry -> entry.endsWith("classes.jar")))
                .allSatisfy(entry -> assertThat(entry).doesNotExist());
    }

    /** By a user who cleans up, or by another program after a month. */
    @Test
    void aWorkerStartsAfterTheCacheWasRemovedWhileTheProgramRuns() throws Exception {
        Path cache = folder.resolve("removed cache");

        List<Path> classPath = Launch.java(
                        cacheIn(cache),
                        "-jar",
                        jar(LOADER, CacheRemovingProgram.class).toString(),
                        cache.toString())
                .run()
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

    /** The class path of its worker. */
    private static List<Path> run(String loader, Path cache) throws Exception {
        return Launch.java(
                        cacheIn(cache), "-jar", jar(loader, FactsProgram.class).toString())
                .run()
                .classPath();
    }

    private static String cacheIn(Path directory) {
        return "-Dpipelinebox.worker.code-cache.directory=" + directory;
    }

    private static Path jar(String loader, Class<?> program) {
        return folder.resolve(program.getSimpleName() + " by " + loader + ".jar");
    }

    private static void pack(String loader, Class<?> program) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, "org.springframework.boot.loader.launch.JarLauncher");
        attributes.putValue("Start-Class", program.getName());
        attributes.putValue("Spring-Boot-Classes", CLASSES);
        attributes.putValue("Spring-Boot-Lib", LIB);
        Packed.writeJar(jar(loader, program), manifest, jar -> {
            copy(Packed.bootLoader(loader), "org/", jar, "");
            Packed.put(jar, "BOOT-INF/", new byte[0]);
            Packed.put(jar, CLASSES, new byte[0]);
            copy(Packed.jar(), "dev/", jar, CLASSES);
            Packed.put(jar, LIB, new byte[0]);
            for (Path library : Packed.libraries()) {
                Packed.put(jar, LIB + library.getFileName(), Files.readAllBytes(library));
            }
        });
    }

    private static void copy(Path from, String what, JarOutputStream to, String where) throws IOException {
        try (ZipFile zip = new JarFile(from.toFile());
                Stream<? extends ZipEntry> entries = zip.stream()) {
            for (ZipEntry entry :
                    entries.filter(file -> file.getName().startsWith(what)).toList()) {
                Packed.put(
                        to, where + entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
    }
}
