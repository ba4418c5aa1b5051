package dev.pipelinebox.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A project that has an empty local repository, and the repository that {@code deploy} filled as its only remote one. */
class MavenConsumerIT {

    private static final Path SOURCES = Checkout.ROOT.resolve("release/src/it/consumer-maven");
    private static final Path FOLDER = Checkout.TARGET.resolve("consumer-maven");
    private static final Path LOCAL_REPOSITORY = Checkout.TARGET.resolve("consumer-repository");
    private static final Path SETTINGS = Checkout.TARGET.resolve("consumer-settings.xml");

    private static final String NO_ARCHIVE = "-Dpipelinebox.worker.class-data-archive.enabled=false";

    private static List<String> printedUnderMaven = List.of();

    @BeforeAll
    static void buildAndRunIt() throws Exception {
        SecondBuild.run();
        Checkout.delete(FOLDER);
        Checkout.delete(LOCAL_REPOSITORY);
        Checkout.copy(SOURCES, FOLDER);
        Files.createDirectory(FOLDER.resolve(".mvn")); // so that Maven does not look for one above it
        Files.writeString(SETTINGS, settings());
        List<String> arguments = new ArrayList<>(List.of(
                "package",
                "exec:java",
                "-s",
                SETTINGS.toString(),
                "-gs",
                SETTINGS.toString(),
                "-Dlibrary.version=" + Checkout.VERSION));
        arguments.addAll(pluginVersions());
        printedUnderMaven = new Command(
                        FOLDER, Maven.withJvmArguments(NO_ARCHIVE), Maven.line(LOCAL_REPOSITORY, arguments))
                .succeeds();
    }

    @Test
    void itRunsUnderMaven() {
        assertThatItRan(printedUnderMaven);
    }

    @Test
    void itRunsFromItsJars() throws Exception {
        List<String> line = List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                NO_ARCHIVE,
                "-cp",
                "target/lib/*",
                "com.example.squares.Squares");
        assertThatItRan(new Command(FOLDER, Map.of(), line).succeeds());
    }

    @Test
    void itHasTheJacksonOfTheLibraryAndNotThatOfAkka() throws IOException {
        String jackson = new Module(Checkout.ROOT).pom().text("/project/properties/jackson.version");
        try (Stream<Path> jars = Files.list(FOLDER.resolve("target/lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()).filter(name -> name.startsWith("jackson-")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(name)
                            .containsPattern("-" + jackson.replaceFirst("\\.\\d+$", "") + "(\\.\\d+)?\\.jar$"));
        }
    }

    private static void assertThatItRan(List<String> printed) {
        assertThat(printed)
                .filteredOn(line -> line.contains("squared"))
                .containsExactlyInAnyOrder(
                        "1 squared is 1, says another process",
                        "2 squared is 4, says another process",
                        "3 squared is 9, says another process");
    }

    /** The consumer has the plugins that this build has already downloaded. */
    private static List<String> pluginVersions() {
        Pom pom = new Module(Checkout.ROOT).pom();
        String plugins = "/project/build/pluginManagement/plugins/plugin";
        return pom.texts(plugins + "/artifactId").stream()
                .map(name -> "-D" + name + ".version=" + pom.text(plugins + "[artifactId='" + name + "']/version"))
                .toList();
    }

    /** Only one repository, also for snapshots, which Maven Central has not. */
    private static String settings() {
        String url = element("url", SecondBuild.REPOSITORY.toUri().toString());
        String repository = element("id", "central") + url + element("snapshots", element("enabled", "true"));
        String profile = element("id", "only")
                + element("repositories", element("repository", repository))
                + element("pluginRepositories", element("pluginRepository", repository));
        return element(
                "settings",
                element("mirrors", element("mirror", element("id", "only") + element("mirrorOf", "*") + url))
                        + element("profiles", element("profile", profile))
                        + element("activeProfiles", element("activeProfile", "only")));
    }

    private static String element(String name, String content) {
        return "<" + name + ">" + content + "</" + name + ">";
    }
}
