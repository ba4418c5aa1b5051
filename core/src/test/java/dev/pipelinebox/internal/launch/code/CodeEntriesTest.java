package dev.pipelinebox.internal.launch.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.Worker;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

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

    /** Nothing is nested here. */
    private CodeCache cache() {
        return new CodeCache(folder.resolve("cache"));
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
            assertThat(CodeEntries.of(loader, cache()).rest()).containsExactly(parents, own, callers);
        }
    }

    @Test
    void beginsWithTheCallersWhereTheLoaderAsksItFirst() throws Exception {
        Path callers = jar("callers.jar");
        Path own = jar("plugin.jar");
        callerHas(callers);

        try (URLClassLoader loader = new URLClassLoader(new URL[] {own.toUri().toURL()})) {
            assertThat(CodeEntries.of(loader, cache()).rest()).containsExactly(callers, own);
        }
    }

    @Test
    void givesWorkersTheClassThatTheCallerHasWhereTwoLoadersHoldIt() throws Exception {
        Path parents = folderWith(InTwoFolders.class, "parent");
        Path own = folderWith(InTwoFolders.class, "child");

        try (URLClassLoader parent =
                        new URLClassLoader(new URL[] {parents.toUri().toURL()}, null);
                URLClassLoader loader =
                        new URLClassLoader(new URL[] {own.toUri().toURL()}, parent)) {
            Class<?> callers = loader.loadClass(InTwoFolders.class.getName());

            assertThat(folderOf(callers)).isEqualTo(folderOf(workers(callers.getName(), loader)));
        }
    }

    @Test
    void ofThisBuildHasTheLibraryInOnePartOrTheOther() {
        System.setProperty("java.class.path", callersClassPath);

        CodeEntries classPath = CodeEntries.of(Worker.class.getClassLoader(), cache());

        assertThat(Stream.concat(classPath.library().stream(), classPath.rest().stream()))
                .isNotEmpty()
                .allMatch(Files::exists)
                .doesNotHaveDuplicates();
    }

    /** Every dependency that the library has at run time, as its project file names them. */
    @Test
    void knowsEveryJarThatTheLibraryDependsOn() throws Exception {
        System.setProperty("java.class.path", callersClassPath);
        List<String> library = CodeEntries.of(Worker.class.getClassLoader(), cache()).library().stream()
                .map(jar -> jar.getFileName().toString())
                .toList();

        assertThat(runtimeDependencies())
                .hasSizeGreaterThan(10)
                .allSatisfy(artifact -> assertThat(library).anyMatch(jar -> jar.startsWith(artifact + "-")));
        assertThat(library)
                .as("what those depend on")
                .anyMatch(jar -> jar.startsWith("scala-library-"))
                .anyMatch(jar -> jar.startsWith("agrona-"))
                .anyMatch(jar -> jar.startsWith("akka-remote_"))
                .noneMatch(jar -> jar.startsWith("logback-") || jar.startsWith("akka-actor-testkit-"));
    }

    private static List<String> runtimeDependencies() throws Exception {
        Element project = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile())
                .getDocumentElement();
        NodeList dependencies = project.getElementsByTagName("dependency");
        return IntStream.range(0, dependencies.getLength())
                .mapToObj(i -> (Element) dependencies.item(i))
                .filter(dependency -> dependency.getElementsByTagName("scope").getLength() == 0)
                .map(dependency -> dependency.getElementsByTagName("artifactId").item(0))
                .map(name -> name.getTextContent().replace("${scala.binary.version}", "2.13"))
                .toList();
    }

    @Test
    void aClassOfAFolderIsFoundByAnotherJvm() throws Exception {
        callerHas(folderWith(InTwoFolders.class, "classes"));

        assertThat(classPath().contains(InTwoFolders.class)).isTrue();
        assertThat(classPath().contains(Worker.class)).isFalse();
        assertThat(classPath().contains(String.class)).isTrue();
    }

    /** Made by tools in the domain of the class that they change or extend. */
    @Test
    void aClassInMemoryIsNotFound() throws Exception {
        Path classes = folderWith(InTwoFolders.class, "classes");
        callerHas(classes);
        ProtectionDomain ofClasses =
                new ProtectionDomain(new CodeSource(classes.toUri().toURL(), (Certificate[]) null), null);

        assertThat(classPath().contains(inMemory(ofClasses))).isFalse();
        assertThat(classPath().contains(inMemory(null))).isFalse();
    }

    @Test
    void aClassForLaterVersionsOfJavaOnlyIsFound() throws Exception {
        Path jar = folder.resolve("versions.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
        try (JarOutputStream zip = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            zip.putNextEntry(new ZipEntry("META-INF/versions/11/" + fileOf(InTwoFolders.class)));
            zip.closeEntry();
        }
        callerHas(jar);

        assertThat(classPath().contains(InTwoFolders.class)).isTrue();
    }

    @Test
    void aClassThatAManifestPutsOnTheClassPathIsFound() throws Exception {
        Path classes = folderWith(InTwoFolders.class, "my classes");
        Path first = jarWithClassPath("first.jar", "second.jar gone.jar");
        jarWithClassPath("second.jar", "first.jar " + classes.toUri());
        callerHas(first);

        assertThat(classPath().contains(InTwoFolders.class)).isTrue();
        assertThat(classPath().contains(Worker.class)).isFalse();
    }

    /** As frameworks have them that read their jars themselves. */
    @Test
    void aLoaderThatDoesNotTellItsUrlsIsAskedForWhatEveryJarAndFolderHas() throws Exception {
        Path callers = jar("callers.jar");
        Path own = jarWithClassPath("plugin.jar", "");
        Path classes = folderWith(InTwoFolders.class, "classes");
        callerHas(callers);

        try (URLClassLoader hidden = new URLClassLoader(
                new URL[] {own.toUri().toURL(), classes.toUri().toURL()}, null)) {
            ClassLoader loader = new ClassLoader(null) {
                @Override
                protected Enumeration<URL> findResources(String name) throws IOException {
                    return hidden.findResources(name);
                }
            };

            assertThat(CodeEntries.of(loader, cache()).rest()).containsExactly(own, classes, callers);
        }
    }

    private Path jarWithClassPath(String name, String entries) throws Exception {
        Path jar = folder.resolve(name);
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, entries);
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    /** Another class than the one that is in the folder. */
    private static Class<?> inMemory(@Nullable ProtectionDomain domain) throws Exception {
        byte[] bytes;
        try (InputStream original =
                CodeEntriesTest.class.getClassLoader().getResourceAsStream(fileOf(InMemory.class))) {
            bytes = original.readAllBytes();
        }
        return new ClassLoader(CodeEntriesTest.class.getClassLoader()) {
            Class<?> define() {
                return defineClass(InMemory.class.getName(), bytes, 0, bytes.length, domain);
            }
        }.define();
    }

    private static String fileOf(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    private static final class InMemory {}

    private Path folderWith(Class<?> type, String name) throws Exception {
        String file = fileOf(type);
        Path folder = this.folder.resolve(name);
        Path copy = folder.resolve(file);
        Files.createDirectories(copy.getParent());
        try (InputStream original = type.getClassLoader().getResourceAsStream(file)) {
            Files.copy(original, copy);
        }
        return folder;
    }

    /** What a worker finds under this name, if its class is of this loader of the caller's. */
    private Class<?> workers(String name, ClassLoader callers) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (Path entry : CodeEntries.of(callers, cache()).rest()) {
            urls.add(entry.toUri().toURL());
        }
        try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), null)) {
            return loader.loadClass(name);
        }
    }

    private static Path folderOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private CodeEntries classPath() {
        return CodeEntries.of(null, cache());
    }

    private Path jar(String name) throws Exception {
        return Files.createFile(folder.resolve(name));
    }

    private static void callerHas(Path... entries) {
        List<Path> paths = new ArrayList<>(List.of(entries));
        System.setProperty("java.class.path", CodeEntries.join(paths));
    }

    private static final class InTwoFolders {}
}
