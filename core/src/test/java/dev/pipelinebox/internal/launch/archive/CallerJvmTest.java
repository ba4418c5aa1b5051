package dev.pipelinebox.internal.launch.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.launch.JavaHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerJvmTest {

    @TempDir
    private Path home;

    private Path core;
    private Path user;
    private Path folder;

    @BeforeEach
    void writeClassPath() throws IOException {
        core = Files.createFile(home.resolve("pipelinebox-core-1.0.jar"));
        user = Files.createFile(home.resolve("user.jar"));
        folder = Files.createDirectory(home.resolve("classes"));
    }

    @Test
    void theArchiveThatTheCommandLineNamesIsForTheJarsOfTheClassPath() throws IOException {
        ClassDataArchive archive = jvm(17, List.of(user, core, folder), "-XX:SharedArchiveFile=" + file())
                .archive()
                .orElseThrow();
        assertThat(archive.location()).extracting("file").isEqualTo(file());
        assertThat(archive.training().classPath()).isEqualTo(user + System.getProperty("path.separator") + core);
    }

    @Test
    void theLastArgumentThatNamesOneCounts() throws IOException {
        assertThat(jvm(17, List.of(core), "-XX:SharedArchiveFile=first.jsa", "-XX:SharedArchiveFile=" + file())
                        .archive())
                .map(archive -> archive.training().classPath())
                .contains(core.toString());
    }

    @Test
    void jarsThatAreMissingAreLeftOut() throws IOException {
        assertThat(jvm(17, List.of(home.resolve("missing.jar"), core), "-XX:SharedArchiveFile=" + file())
                        .archive())
                .map(archive -> archive.training().classPath())
                .contains(core.toString());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theLibraryIsFoundOverALinkToo() throws IOException {
        Path link = Files.createSymbolicLink(home.resolve("current"), home.toRealPath());
        assertThat(jvm(17, List.of(link.resolve(core.getFileName())), "-XX:SharedArchiveFile=" + file())
                        .archive())
                .isPresent();
    }

    @Test
    void noneIsMadeIfNoneOrABaseAndATopArchiveAreNamed() throws IOException {
        assertThat(jvm(17, List.of(core)).archive()).isEmpty();
        assertThat(jvm(17, List.of(core), "-XX:SharedArchiveFile=base.jsa:top.jsa")
                        .archive())
                .isEmpty();
    }

    @Test
    void noneIsMadeIfTheLibraryIsBehindAFolderWhichNoArchiveCanHold() throws IOException {
        assertThat(jvm(17, List.of(folder, core), "-XX:SharedArchiveFile=" + file())
                        .archive())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-XX:+AutoCreateSharedArchive",
                "-XX:ArchiveClassesAtExit=top.jsa",
                "-XX:AOTCacheOutput=cache",
                "-XX:AOTMode=off",
                "-Xshare:off",
                "-Xshare:dump"
            })
    void noneIsMadeWhereTheJvmMakesOneItselfOrUsesNone(String argument) throws IOException {
        assertThat(jvm(19, List.of(core), argument, "-XX:SharedArchiveFile=" + file())
                        .archive())
                .isEmpty();
    }

    @Test
    void anArchiveIsForTheJavaTheLayoutAndTheOrderOfTheJars() throws IOException {
        String named = "-XX:SharedArchiveFile=" + file();
        Object usual = fingerprint(jvm(17, List.of(user, core), named));
        assertThat(fingerprint(jvm(17, List.of(user, core), "-Dkey=value", named)))
                .isEqualTo(usual);
        assertThat(fingerprint(jvm(17, List.of(user, core), "-Xmx1g", named))).isEqualTo(usual);
        assertThat(fingerprint(jvm(18, List.of(user, core), named))).isNotEqualTo(usual);
        assertThat(fingerprint(jvm(17, List.of(core, user), named))).isNotEqualTo(usual);
        assertThat(fingerprint(jvm(17, List.of(user, core), "-XX:+UseZGC", named)))
                .isNotEqualTo(usual);
        Files.writeString(user, "another");
        assertThat(fingerprint(jvm(17, List.of(user, core), named))).isNotEqualTo(usual);
    }

    private static Object fingerprint(CallerJvm jvm) {
        return ((NamedArchive) jvm.archive().orElseThrow().location()).fingerprint();
    }

    @Test
    void theArgumentIsThatOfTheJavaVersion() throws IOException {
        assertThat(jvm(17, List.of(core)).advice()).isEqualTo("-XX:SharedArchiveFile=pipelinebox.jsa");
        assertThat(jvm(25, List.of(core)).advice()).isEqualTo("-XX:AOTCache=pipelinebox.jsa");
        assertThat(jvm(25, List.of(core), "-XX:AOTCache=" + file()).archive()).isPresent();
    }

    @Test
    void theJvmThatMakesItLaysItsObjectsOutAsTheCaller() throws IOException {
        assertThat(jvm(
                                17,
                                List.of(core),
                                "-Dkey=value",
                                "-Xmx40g",
                                "-XX:+UseZGC",
                                "-XX:-UseCompressedClassPointers",
                                "-XX:SharedArchiveFile=" + file())
                        .archive()
                        .orElseThrow()
                        .training()
                        .arguments())
                .containsExactly("-Xmx40g", "-XX:+UseZGC", "-XX:-UseCompressedClassPointers");
    }

    @Test
    void aJvmThatUsesOrMakesAnArchiveNeedsNoAdvice() throws IOException {
        assertThat(jvm(17, List.of(core), "-Xmx1g").usesArchive()).isFalse();
        for (String argument : List.of(
                "-XX:SharedArchiveFile=a.jsa", "-XX:ArchiveClassesAtExit=a.jsa", "-XX:AOTCache=a", "-Xshare:off")) {
            assertThat(jvm(17, List.of(core), argument).usesArchive())
                    .as(argument)
                    .isTrue();
        }
    }

    @Test
    void theMainClassesOfTheTrainingAreThere() throws ClassNotFoundException {
        for (String name : List.of(ClassDataArchive.WORKER_TRAINING, ClassDataArchive.CALLER_TRAINING)) {
            assertThat(Class.forName(name)).isPublic().hasPublicMethods("main");
        }
    }

    @Test
    void thisJvmIsKnownWithItsClassPath() {
        CallerJvm current = CallerJvm.current();
        assertThat(current.java().feature()).isEqualTo(Runtime.version().feature());
        assertThat(current.classPath()).isNotEmpty();
        assertThat(current.library()).isPresent();
        assertThat(Optional.of(current.java().executable()))
                .hasValueSatisfying(file -> assertThat(file).isExecutable());
    }

    private Path file() {
        return home.resolve("caller.jsa");
    }

    /** Of another Java installation, so that its version is read from its file. */
    private CallerJvm jvm(int feature, List<Path> classPath, String... arguments) throws IOException {
        Path java = Files.createDirectories(home.resolve("jdk-" + feature));
        Files.writeString(java.resolve("release"), "JAVA_VERSION=\"" + feature + "\"\n");
        return new CallerJvm(new JavaHome(java), List.of(arguments), classPath, Optional.of(core));
    }
}
