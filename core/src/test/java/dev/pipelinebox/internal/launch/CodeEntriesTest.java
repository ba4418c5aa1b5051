package dev.pipelinebox.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.Worker;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeEntriesTest {

    @TempDir
    Path folder;

    private final String callersClassPath = System.getProperty("java.class.path");

    @BeforeEach
    void forgetTheClassPathOfTheTests() {
        System.setProperty("java.class.path", "");
    }

    @AfterEach
    void rememberTheClassPathOfTheTests() {
        System.setProperty("java.class.path", callersClassPath);
    }

    @Test
    void isTheCallers() throws Exception {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        Path jar = jar("users.jar");
        callerHas(classes, jar);

        assertThat(classPath().rest()).containsExactly(classes, jar);
    }

    @Test
    void beginsWithTheLibrarysJarsInAFixedOrder() throws Exception {
        Path users = jar("users.jar");
        Path scala = jar("scala-library-2.13.12.jar");
        Path akka = jar("akka-actor_2.13-2.8.5.jar");
        Path core = jar("pipelinebox-core-1.0.jar");
        callerHas(users, scala, akka, core);

        CodeEntries classPath = classPath();

        assertThat(classPath.library()).containsExactly(akka, core, scala);
        assertThat(classPath.joined()).isEqualTo(CodeEntries.join(List.of(akka, core, scala, users)));
        callerHas(core, users, akka, scala);
        assertThat(classPath().library()).isEqualTo(classPath.library());
    }

    @Test
    void keepsTheUsersEntriesInTheirOrder() throws Exception {
        Path second = jar("a.jar");
        Path first = jar("b.jar");
        callerHas(first, second);

        assertThat(classPath().rest()).containsExactly(first, second);
    }

    @Test
    void takesNoFolderForAJarOfTheLibrary() throws Exception {
        Path sources = Files.createDirectory(folder.resolve("akka-experiments"));
        callerHas(sources);

        assertThat(classPath().library()).isEmpty();
        assertThat(classPath().rest()).containsExactly(sources);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "agrona-1.17.1.jar",
                "akka-actor-typed_2.13-2.8.5.jar",
                "akka-protobuf-v3_2.13-2.8.5.jar",
                "config-1.4.10.jar",
                "jackson-annotations-2.22.jar",
                "jackson-module-parameter-names-2.22.4.jar",
                "pipelinebox-core-0.1.0-SNAPSHOT.jar",
                "scala-java8-compat_2.13-1.0.0.jar"
            })
    void knowsTheLibrarysJarsByNameAndVersion(String name) throws Exception {
        Path jar = jar(name);
        callerHas(jar);

        assertThat(classPath().library()).containsExactly(jar);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config-tools-1.0.jar",
                "config-.jar",
                "jackson-jaxrs-json-provider-2.15.jar",
                "jackson-dataformat-xml-2.15.jar",
                "akka-http_2.13-10.5.jar",
                "slf4j-api-extras-2.jar",
                "my-config-1.4.jar",
                "scala-library-notes.jar"
            })
    void takesNoJarOfTheUsersForOneOfTheLibrary(String name) throws Exception {
        Path jar = jar(name);
        callerHas(jar);

        assertThat(classPath().library()).isEmpty();
        assertThat(classPath().rest()).containsExactly(jar);
    }

    @Test
    void leavesOutWhatIsNotThere() throws Exception {
        Path jar = jar("users.jar");
        callerHas(folder.resolve("gone.jar"), jar);

        assertThat(classPath().rest()).containsExactly(jar);
    }

    @Test
    void namesEachEntryOnce() throws Exception {
        Path jar = jar("users.jar");
        callerHas(jar, folder.resolve("x/../users.jar"), jar);

        assertThat(classPath().rest()).containsExactly(jar);
    }

    @Test
    void isAbsoluteSinceWorkersMayRunInAnotherDirectory() throws Exception {
        Path jar = jar("users.jar");
        Path relative = Path.of("").toAbsolutePath().relativize(jar);
        callerHas(relative);

        assertThat(relative).isRelative();
        assertThat(classPath().rest()).containsExactly(jar);
    }

    @Test
    void hasWhatTheLoaderOfTheWorkerClassHas() throws Exception {
        Path callers = jar("callers.jar");
        Path parents = jar("parents of loader.jar");
        Path own = jar("plugin.jar");
        callerHas(callers);

        try (URLClassLoader parent =
                        new URLClassLoader(new URL[] {parents.toUri().toURL()}, null);
                URLClassLoader loader = new URLClassLoader(
                        new URL[] {
                            own.toUri().toURL(),
                            URI.create("http://127.0.0.1/remote.jar").toURL()
                        },
                        parent)) {
            assertThat(CodeEntries.of(loader).rest()).containsExactly(own, parents, callers);
        }
    }

    @Test
    void ofThisBuildHasTheLibraryInOnePartOrTheOther() {
        System.setProperty("java.class.path", callersClassPath);

        CodeEntries classPath = CodeEntries.of(Worker.class.getClassLoader());

        assertThat(Stream.concat(classPath.library().stream(), classPath.rest().stream()))
                .isNotEmpty()
                .allMatch(Files::exists)
                .doesNotHaveDuplicates();
    }

    private CodeEntries classPath() {
        return CodeEntries.of(null);
    }

    private Path jar(String name) throws Exception {
        return Files.createFile(folder.resolve(name));
    }

    private static void callerHas(Path... entries) {
        List<Path> paths = new ArrayList<>(List.of(entries));
        System.setProperty("java.class.path", CodeEntries.join(paths));
    }
}
