package dev.pipelinebox.internal.launch.code.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.pipelinebox.internal.launch.code.CodeEntries;
import dev.pipelinebox.internal.launch.code.Sha256;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ManifestMakerTest {

    private static final int JAVA_8 = 52;
    private static final int JAVA_21 = 65;
    private static final int JAVA_25 = 69;
    private static final int OWN_JAVA = 17;
    private static final long LARGE = 200L << 20;

    @TempDir
    private Path folder;

    private ManifestMaker maker;

    @BeforeEach
    void open() {
        maker = new ManifestMaker(folder);
    }

    @AfterEach
    void close() {
        maker.close();
    }

    @Test
    void aJarIsAnEntryAsItIs() throws Exception {
        Path jar = jar("users-1.0.jar", JAVA_8);

        CodeBlob blob = single(make(jar));

        assertThat(blob).isEqualTo(new CodeBlob(Sha256.of(jar), Files.size(jar), "users-1.0.jar"));
    }

    @Test
    void theLibraryComesFirstAndTheOrderOfTheRestIsKept() throws Exception {
        Path core = jar("pipelinebox-core-1.0.jar", JAVA_8);
        Path z = file("z.jar", "z");
        Path a = file("a.jar", "a");

        CodeManifest manifest = manifest(new CodeEntries(List.of(core), List.of(z, a)));

        assertThat(names(manifest.library())).containsExactly("pipelinebox-core-1.0.jar");
        assertThat(names(manifest.entries())).containsExactly("pipelinebox-core-1.0.jar", "z.jar", "a.jar");
        assertThat(manifest.size()).isEqualTo(Files.size(core) + 2);
    }

    @Test
    void whatIsNotThereOrThereTwiceIsLeftOut() throws Exception {
        CodeManifest manifest = make(file("a.jar", "a"), folder.resolve("none.jar"), file("again.jar", "a"));

        assertThat(names(manifest.rest())).containsExactly("a.jar");
    }

    @Test
    void aFolderIsAJarWithAllThatIsInIt() throws Exception {
        Path classes = classes("classes");
        LocalCode code = maker.make(new CodeEntries(List.of(), List.of(classes)), ManifestMakerTest.class);

        CodeBlob blob = single(code.manifest());

        assertThat(blob.fileName()).isEqualTo("classes.jar");
        try (ZipFile jar = new ZipFile(code.files().get(blob.sha256()).path().toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName))
                    .containsExactly("app/", "app/Main.class", "app/text.txt", "empty/");
            assertThat(jar.getInputStream(jar.getEntry("app/text.txt"))).hasContent("text");
        }
    }

    @Test
    void anEmptyFolderIsAJarWithoutEntries() throws Exception {
        assertThat(make(Files.createDirectory(folder.resolve("classes"))).rest())
                .singleElement()
                .extracting(CodeBlob::fileName)
                .isEqualTo("classes.jar");
    }

    @Test
    void equalFoldersAreEqualBlobsWhateverTheirTimes() throws Exception {
        Path first = classes("first/classes");
        Path second = classes("second/classes");
        Files.setLastModifiedTime(second.resolve("app/text.txt"), FileTime.from(Instant.EPOCH));

        assertThat(make(first)).isEqualTo(make(second));
        Files.writeString(second.resolve("app/text.txt"), "next");
        assertThat(make(first)).isNotEqualTo(make(second));
    }

    @Test
    void anotherJvmInAnotherTimeZonePacksTheSameBytes() throws Exception {
        Path classes = classes("classes");
        String classPath = Stream.of(ManifestMakerTest.class, Sha256.class, LoggerFactory.class)
                .map(type -> CodeEntries.sourceOf(type).orElseThrow().toString())
                .collect(Collectors.joining(File.pathSeparator));
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Duser.timezone=Pacific/Auckland",
                        "-Duser.language=tr",
                        "-cp",
                        classPath,
                        Packing.class.getName(),
                        classes.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String digest = new String(other.getInputStream().readAllBytes(), UTF_8).strip();

        assertThat(other.waitFor()).isZero();
        assertThat(digest).isEqualTo(single(make(classes)).sha256());
    }

    /** In another JVM. */
    static final class Packing {

        public static void main(String[] arguments) throws IOException {
            Path classes = Path.of(arguments[0]);
            try (ManifestMaker maker = new ManifestMaker(classes.getParent())) {
                CodeEntries entries = new CodeEntries(List.of(), List.of(classes));
                System.out.println(maker.make(entries, Packing.class)
                        .manifest()
                        .rest()
                        .get(0)
                        .sha256());
            }
        }
    }

    @Test
    void whatManifestsOfJarsNameFollowsThemAndTheLibraryIsFoundInIt() throws Exception {
        Path core = jar("lib/pipelinebox-core-1.0.jar", JAVA_8);
        jar("lib/deep.jar", JAVA_8, "../" + classes("classes").getFileName() + "/ none.jar starter.jar");
        Path starter = jar(
                "lib/starter.jar",
                JAVA_8,
                "deep.jar " + core.toUri() + " http://example.org/remote.jar ../classes/ ::bad::");

        CodeManifest manifest = make(starter, file("z.jar", "z"));

        assertThat(names(manifest.library())).containsExactly("pipelinebox-core-1.0.jar");
        assertThat(names(manifest.rest())).containsExactly("starter.jar", "deep.jar", "classes.jar", "z.jar");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void linksWithinAFolderAreFollowedAndThoseToNothingLeftOut() throws Exception {
        Path plain = classes("plain/classes");
        Files.copy(plain.resolve("app/text.txt"), plain.resolve("copy.txt"));
        Path linked = classes("linked/classes");
        Files.createSymbolicLink(linked.resolve("copy.txt"), Path.of("app", "text.txt"));
        Files.createSymbolicLink(linked.resolve("nothing"), Path.of("gone"));
        Files.createSymbolicLink(linked.resolve("itself"), Path.of("itself"));

        assertThat(make(linked)).isEqualTo(make(plain));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aLinkThatLeavesTheFolderIsAnErrorThatNamesBothEnds() throws Exception {
        Path classes = classes("classes");
        Path secret = file("secret.txt", "secret");
        Path link = Files.createSymbolicLink(classes.resolve("link.txt"), secret);

        assertThatThrownBy(() -> make(classes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(link.toString())
                .hasMessageContaining(secret.toRealPath().toString())
                .hasMessageContaining("copy it there");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aFolderThatHoldsItselfIsAnError() throws Exception {
        Path classes = classes("classes");
        Files.createSymbolicLink(classes.resolve("app/loop"), Path.of(".."));

        assertThatThrownBy(() -> make(classes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(classes + " of the class path cannot be read")
                .hasMessageContaining("loop");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void whatCannotBeReadIsAnErrorThatNamesIt() throws Exception {
        Path jar = jar("users.jar", JAVA_8);
        Path classes = classes("classes");
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(classes.resolve("app/text.txt"), PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(jar), "root reads everything");

        assertThatThrownBy(() -> make(jar)).hasMessageContaining(jar + " on the class path cannot be read");
        assertThatThrownBy(() -> make(classes))
                .hasMessageContaining("app/text.txt")
                .hasMessageContaining("readable");
    }

    @Test
    void theNewestClassesTellTheJavaVersion() throws Exception {
        assertThat(make(jar("old.jar", JAVA_8)).javaVersion()).isEqualTo(OWN_JAVA);
        assertThat(make(jar("old.jar", JAVA_8), jar("new.jar", JAVA_21)).javaVersion())
                .isEqualTo(21);
    }

    @Test
    void classesForLaterVersionsAndModuleDescriptionsDoNotCount() throws Exception {
        Path jar = folder.resolve("both.jar");
        try (ZipFiles zip = new ZipFiles(jar, new Manifest())) {
            zip.put("META-INF/versions/25/A.class", classFile(JAVA_25));
            zip.put("module-info.class", classFile(JAVA_25));
            zip.put("A.class", classFile(JAVA_8));
        }

        assertThat(make(jar).javaVersion()).isEqualTo(OWN_JAVA);
    }

    @Test
    void whatIsNoJarOrHasNoClassesHasNoVersion() throws Exception {
        assertThat(make(file("text.jar", "text"), file("empty.jar", "")).javaVersion())
                .isEqualTo(OWN_JAVA);
        Path broken = folder.resolve("broken.jar");
        try (ZipFiles zip = new ZipFiles(broken, new Manifest())) {
            zip.put("A.class", new byte[] {1, 2, 3});
        }
        assertThat(make(broken).javaVersion()).isEqualTo(OWN_JAVA);
    }

    @Test
    void whatHasNotChangedIsNotReadAgain() throws Exception {
        Path jar = file("users.jar", "first");
        CodeManifest before = make(jar);
        FileTime time = Files.getLastModifiedTime(jar);
        Files.writeString(jar, "other");
        Files.setLastModifiedTime(jar, time);

        assertThat(make(jar)).as("the same size and time").isEqualTo(before);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
        assertThat(make(jar)).isNotEqualTo(before);
    }

    @Test
    void aFolderThatHasNotChangedIsNotPackedAgain() throws Exception {
        Path classes = classes("classes");
        Path first = packed(classes);

        assertThat(packed(classes)).isEqualTo(first);
        Files.writeString(classes.resolve("more.txt"), "more");
        assertThat(packed(classes)).isNotEqualTo(first);
        assertThat(first).as("which may still be sent").exists();
        maker.close();
        assertThat(first).doesNotExist();
    }

    private Path packed(Path classes) throws IOException {
        LocalCode code = maker.make(new CodeEntries(List.of(), List.of(classes)), ManifestMakerTest.class);
        return code.files().get(single(code.manifest()).sha256()).path();
    }

    @Test
    void piecesAreReadUntilTheFileChanges() throws Exception {
        Path jar = file("users.jar", "0123456789");
        LocalCode code = maker.make(new CodeEntries(List.of(), List.of(jar)), ManifestMakerTest.class);
        String digest = single(code.manifest()).sha256();

        assertThat(code.read(digest, 2, 3)).asString(UTF_8).isEqualTo("234");
        assertThat(code.read(digest, 8, 100)).asString(UTF_8).isEqualTo("89");
        assertThatThrownBy(() -> code.read("0".repeat(64), 0, 1)).isInstanceOf(IOException.class);
        Files.writeString(jar, "a new build");
        assertThatThrownBy(() -> code.read(digest, 0, 3))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(jar + " has changed since the program started")
                .hasMessageContaining("start the program again");
    }

    @Test
    void namesAreSafeOnEveryMachine() throws Exception {
        assertThat(names(make(file("späte klassen;x.jar", "a"), file(".hidden", "b"), file("-cp.jar", "c"))
                        .rest()))
                .containsExactly("sp_te_klassen_x.jar", "_hidden", "_cp.jar");
        assertThat(CodeBlob.safeName("x".repeat(300) + ".jar")).hasSize(128).endsWith("x.jar");
        assertThatThrownBy(() -> new CodeBlob("0".repeat(64), 1, "../x.jar"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CodeBlob("../" + "0".repeat(61), 1, "x.jar"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsALargeClassPathAtSpeed(TestReporter reporter) throws Exception {
        Path jar = folder.resolve("large.jar");
        try (RandomAccessFile sparse = new RandomAccessFile(jar.toFile(), "rw")) {
            sparse.setLength(LARGE);
        }
        long begin = System.nanoTime();
        CodeManifest first = make(jar);
        long again = System.nanoTime();
        CodeManifest second = make(jar);
        long end = System.nanoTime();

        assertThat(second).isEqualTo(first);
        assertThat(first.size()).isEqualTo(LARGE);
        reporter.publishEntry(
                "digest of 200 MB",
                (again - begin) / 1_000_000 + " ms, unchanged again " + (end - again) / 1_000 + " us");
    }

    private CodeManifest make(Path... rest) throws IOException {
        return manifest(new CodeEntries(List.of(), List.of(rest)));
    }

    private CodeManifest manifest(CodeEntries entries) throws IOException {
        return maker.make(entries, ManifestMakerTest.class).manifest();
    }

    private static CodeBlob single(CodeManifest manifest) {
        assertThat(manifest.entries()).hasSize(1);
        return manifest.entries().get(0);
    }

    private static List<String> names(List<CodeBlob> blobs) {
        return blobs.stream().map(CodeBlob::fileName).toList();
    }

    private Path classes(String name) throws IOException {
        Path classes = Files.createDirectories(folder.resolve(name));
        Files.createDirectory(classes.resolve("empty"));
        Files.createDirectory(classes.resolve("app"));
        Files.writeString(classes.resolve("app/text.txt"), "text");
        Files.write(classes.resolve("app/Main.class"), classFile(JAVA_8));
        return classes;
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private Path jar(String name, int version) throws IOException {
        return jar(name, version, "");
    }

    private Path jar(String name, int version, String classPath) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        Path jar = folder.resolve(name);
        Files.createDirectories(jar.getParent());
        try (ZipFiles zip = new ZipFiles(jar, manifest)) {
            zip.put("a/" + jar.getFileName() + ".class", classFile(version));
        }
        return jar;
    }

    private static byte[] classFile(int version) {
        return ByteBuffer.allocate(8).putInt(0xCAFEBABE).putInt(version).array();
    }

    /** Writes a jar. */
    private record ZipFiles(JarOutputStream out) implements AutoCloseable {

        ZipFiles(Path jar, Manifest manifest) throws IOException {
            this(open(Files.newOutputStream(jar), manifest));
        }

        private static JarOutputStream open(OutputStream file, Manifest manifest) throws IOException {
            return new JarOutputStream(file, manifest);
        }

        void put(String name, byte[] content) throws IOException {
            out.putNextEntry(new ZipEntry(name));
            out.write(content);
            out.closeEntry();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
