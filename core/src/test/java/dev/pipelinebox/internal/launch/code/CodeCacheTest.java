package dev.pipelinebox.internal.launch.code;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CodeCacheTest {

    private static final String LIB = "BOOT-INF/lib/users-1.jar";
    private static final String CLASSES = "BOOT-INF/classes/";

    @TempDir
    private Path folder;

    private CodeCache cache;

    private CodeCache cache() {
        cache = new CodeCache(folder.resolve("cache"));
        return cache;
    }

    @AfterEach
    void close() {
        if (cache != null) {
            cache.close();
        }
    }

    @Test
    void aNestedJarIsTheSameBytesUnderItsName() throws Exception {
        byte[] nested = jar(Map.of("a.txt", "a"));
        Path outer = outer("app.jar", nested);

        Path unpacked = unpack(outer, LIB);

        assertThat(unpacked).hasFileName("users-1.jar").hasBinaryContent(nested);
    }

    @Test
    void classesInAFolderBecomeAJar() throws Exception {
        Path unpacked = unpack(outer("app.jar", new byte[0]), CLASSES);

        assertThat(unpacked).hasFileName("classes.jar");
        try (ZipFile jar = new ZipFile(unpacked.toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName))
                    .containsExactly("META-INF/", "META-INF/x", "app/", "app/Main.class");
            assertThat(jar.getInputStream(jar.getEntry("app/Main.class"))).hasContent("main");
        }
    }

    @Test
    void equalPartsOfTwoJarsAreOneFile() throws Exception {
        byte[] nested = jar(Map.of("a.txt", "a"));

        assertThat(unpack(outer("app.jar", nested), LIB)).isEqualTo(unpack(outer("next.jar", nested), LIB));
        assertThat(unpack(outer("app.jar", nested), CLASSES)).isEqualTo(unpack(outer("next.jar", nested), CLASSES));
    }

    @Test
    void aFileIsNeverWrittenAgain() throws Exception {
        byte[] nested = jar(Map.of("a.txt", "a"));
        Path unpacked = unpack(outer("app.jar", nested), LIB);
        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
        Files.setLastModifiedTime(unpacked, longAgo);

        assertThat(unpack(outer("app.jar", nested), LIB)).isEqualTo(unpacked);
        assertThat(unpack(outer("next.jar", nested), LIB)).isEqualTo(unpacked);
        assertThat(Files.getLastModifiedTime(unpacked).toInstant())
                .isBefore(Instant.now().minus(Duration.ofDays(1)));
    }

    /** Builds of images give all files one time. */
    @Test
    void aJarWithTheSameSizeAndTimeIsNotTakenForTheSame() throws Exception {
        Path outer = outer("app.jar", jar(Map.of("a.txt", "a")));
        Path unpacked = unpack(outer, LIB);
        FileTime time = Files.getLastModifiedTime(outer);
        long size = Files.size(outer);
        Files.setLastModifiedTime(outer("app.jar", jar(Map.of("a.txt", "b"))), time);

        assertThat(Files.size(outer)).isEqualTo(size);
        assertThat(unpack(outer, LIB)).isNotEqualTo(unpacked);
    }

    @Test
    void twoLoadersOfAJarKeepEachOthersParts() throws Exception {
        Path outer = outer("app.jar", jar(Map.of("a.txt", "a")));
        Path lib = unpack(outer, LIB);
        unpack(outer, CLASSES);
        try (Stream<Path> indexes = Files.list(folder.resolve("cache/index"))) {
            assertThat(indexes.map(CodeIndex::read))
                    .singleElement()
                    .satisfies(index -> assertThat(index.parts()).containsOnlyKeys(LIB, CLASSES));
        }
        assertThat(unpack(outer, LIB)).isEqualTo(lib);
    }

    @Test
    void whatWasRemovedWhileAProgramRunsIsMadeAgainForItsNextWorker() throws Exception {
        byte[] nested = jar(Map.of("a.txt", "a"));
        Path unpacked = unpack(outer("app.jar", nested), LIB);
        Files.delete(unpacked);
        Files.delete(unpacked.getParent());
        try (Stream<Path> indexes = Files.list(folder.resolve("cache/index"))) {
            Files.delete(indexes.findFirst().orElseThrow());
        }

        cache.ensure();

        assertThat(unpacked).hasBinaryContent(nested);
    }

    /** A deployment over a program that runs. */
    @Test
    void whatWasRemovedIsNotMadeOfAnotherVersionOfTheJar() throws Exception {
        Path outer = outer("app.jar", jar(Map.of("a.txt", "a")));
        Path unpacked = unpack(outer, LIB);
        outer("app.jar", jar(Map.of("a.txt", "the next version")));

        cache.ensure();
        Files.delete(unpacked);

        assertThatThrownBy(cache::ensure)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("start the program again");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void whatOthersCanWriteIsNotUsed() throws Exception {
        byte[] nested = jar(Map.of("a.txt", "a"));
        Path outer = outer("app.jar", nested);
        Path unpacked = unpack(outer, LIB);
        Files.setPosixFilePermissions(unpacked.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));

        Path next = unpack(outer, LIB);

        assertThat(next.startsWith(folder.resolve("cache"))).isFalse();
        assertThat(next).hasBinaryContent(nested);
    }

    @Test
    void aJarThatHasChangedIs() throws Exception {
        Path unpacked = unpack(outer("app.jar", jar(Map.of("a.txt", "a"))), LIB);

        Path next = unpack(outer("app.jar", jar(Map.of("a.txt", "other"))), LIB);

        assertThat(next).isNotEqualTo(unpacked);
        assertThat(unpacked).exists();
    }

    @Test
    void whatWasRemovedOrCutOffIsMadeAgain() throws Exception {
        byte[] nested = jar(Map.of("a.txt", "a"));
        Path outer = outer("app.jar", nested);
        Path unpacked = unpack(outer, LIB);

        Files.delete(unpacked);
        assertThat(unpack(outer, LIB)).hasBinaryContent(nested);
        Files.write(unpacked, new byte[1]);
        assertThat(unpack(outer, LIB)).hasBinaryContent(nested);
        try (Stream<Path> indexes = Files.list(folder.resolve("cache/index"))) {
            Files.write(indexes.findFirst().orElseThrow(), List.of("17"));
        }
        assertThat(unpack(outer, LIB)).hasBinaryContent(nested);
    }

    @Test
    void programsThatStartTogetherGetTheSame() throws Exception {
        byte[] nested = jar(Map.of("a.txt", "a".repeat(100_000)));
        Path outer = outer("app.jar", nested);
        ExecutorService programs = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Path>> starts = Stream.<Callable<Path>>generate(() ->
                            () -> new CodeCache(folder.resolve("cache"))
                                    .unpack(outer, List.of(new CodeLocation(outer, LIB)))
                                    .get(new CodeLocation(outer, LIB)))
                    .limit(16)
                    .toList();

            for (Future<Path> start : programs.invokeAll(starts)) {
                assertThat(start.get()).hasBinaryContent(nested);
            }
        } finally {
            programs.shutdownNow();
        }
        assertThat(files("cache/code")).noneMatch(name -> name.endsWith(".tmp"));
    }

    @Test
    void aJarThatIsBrokenIsAnErrorAndLeavesNothingBehind() throws Exception {
        Path broken = Files.write(folder.resolve("broken.jar"), new byte[100]);

        assertThatThrownBy(() -> unpack(broken, LIB)).isInstanceOf(IOException.class);
        assertThat(folder.resolve("cache")).doesNotExist();
    }

    /** As a loader does. */
    @Test
    void whatIsNotThereIsPassedOver() throws Exception {
        Path outer = outer("app.jar", new byte[0]);
        CodeLocation none = new CodeLocation(outer, "BOOT-INF/lib/none.jar");
        CodeLocation lib = new CodeLocation(outer, LIB);

        assertThat(cache().unpack(outer, List.of(none, lib))).containsOnlyKeys(lib);
        assertThat(cache().unpack(folder.resolve("gone.jar"), List.of(lib))).isEmpty();
    }

    @Test
    void whatNoProgramHasUsedForAMonthIsRemovedAndNothingElse() throws Exception {
        Path old = unpack(outer("old.jar", jar(Map.of("a.txt", "old"))), LIB);
        age("cache/index", Duration.ofDays(31));
        Path used = unpack(outer("used.jar", jar(Map.of("a.txt", "used"))), LIB);
        Path unfinished = Files.createFile(folder.resolve("cache/code/x.tmp"));
        Files.writeString(folder.resolve("cache/index/broken"), "1\tx\ty\n\u00ff");
        age("cache/code", Duration.ofDays(2));

        Path fresh = unpack(outer("new.jar", jar(Map.of("a.txt", "new"))), LIB);

        assertThat(old).doesNotExist();
        assertThat(old.getParent()).doesNotExist();
        assertThat(unfinished).doesNotExist();
        assertThat(List.of(used, fresh)).allSatisfy(file -> assertThat(file).exists());
    }

    private void age(String directory, Duration by) throws IOException {
        for (String file : files(directory)) {
            Files.setLastModifiedTime(
                    folder.resolve(directory).resolve(file),
                    FileTime.from(Instant.now().minus(by)));
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void onlyItsUserCanEnterIt() throws Exception {
        unpack(outer("app.jar", new byte[0]), CLASSES);

        for (String directory : List.of("cache", "cache/code", "cache/index")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(directory))))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aDirectoryThatOthersCanWriteIsNotUsed() throws Exception {
        Path open = Files.createDirectory(folder.resolve("cache"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

        Path unpacked = unpack(outer("app.jar", new byte[0]), CLASSES);

        assertThat(unpacked).exists();
        assertThat(unpacked.startsWith(open)).isFalse();
        assertThat(open).isEmptyDirectory();
        cache.close();
        assertThat(unpacked).doesNotExist();
    }

    private Path unpack(Path outer, String part) throws IOException {
        CodeLocation location = new CodeLocation(outer, part);
        return cache().unpack(outer, List.of(location)).get(location);
    }

    private List<String> files(String directory) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(directory))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private Path outer(String name, byte[] nested) throws IOException {
        Path outer = folder.resolve(name);
        try (OutputStream file = Files.newOutputStream(outer);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (String directory : List.of("BOOT-INF/", "BOOT-INF/lib/", CLASSES, CLASSES + "app/")) {
                put(zip, directory, new byte[0]);
            }
            put(zip, LIB, nested);
            put(zip, CLASSES + "app/Main.class", "main".getBytes(UTF_8));
            put(zip, CLASSES + "META-INF/x", "x".getBytes(UTF_8));
        }
        return outer;
    }

    private static byte[] jar(Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet().stream().collect(Collectors.toList())) {
                put(zip, file.getKey(), file.getValue().getBytes(UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
