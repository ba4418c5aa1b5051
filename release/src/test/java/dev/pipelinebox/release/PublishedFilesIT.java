package dev.pipelinebox.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What {@code deploy} publishes is all that Maven Central asks for, and nothing else. */
class PublishedFilesIT {

    /** What Maven Central asks for in a POM. The rest it may have from its parent. */
    private static final List<String> OWN = List.of("/project/artifactId", "/project/name", "/project/description");

    private static final List<String> OWN_OR_INHERITED = List.of(
            "/project/url",
            "/project/licenses/license/name",
            "/project/licenses/license/url",
            "/project/developers/developer/name",
            "/project/developers/developer/organization",
            "/project/developers/developer/organizationUrl",
            "/project/scm/connection",
            "/project/scm/developerConnection",
            "/project/scm/url");

    @BeforeAll
    static void deploy() throws Exception {
        SecondBuild.run();
    }

    @Test
    void theModulesOfTheBuildArePublishedUnlessTheySaySo() {
        assertThat(Checkout.publishedModules())
                .extracting(Module::artifactId)
                .containsExactlyInAnyOrder(
                        "pipelinebox-parent", "pipelinebox-bom", "pipelinebox-core", "pipelinebox-spring-boot-starter");
    }

    @Test
    void eachHasItsFilesAndNoOthers() throws IOException {
        List<String> expected = new ArrayList<>();
        for (Module module : Checkout.publishedModules()) {
            List<String> ends = module.hasClasses()
                    ? List.of(".pom", ".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json")
                    : List.of(".pom");
            ends.forEach(end -> expected.add(module.artifactId() + end));
        }
        assertThat(SecondBuild.deployedFiles())
                .extracting(PublishedFilesIT::nameWithoutVersion)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void eachPomSaysWhatMavenCentralAsksFor() throws IOException {
        Pom parent = new Module(Checkout.ROOT).pom();
        for (Path file : filesWith(".pom")) {
            Pom pom = Pom.read(file);
            assertThat(OWN)
                    .as("%s", file)
                    .allSatisfy(path -> assertThat(pom.text(path)).as(path).isNotEmpty());
            Pom heir = pom.text("/project/parent/artifactId").equals("pipelinebox-parent") ? parent : pom;
            assertThat(OWN_OR_INHERITED)
                    .as("%s", file)
                    .allSatisfy(path -> assertThat(pom.text(path) + heir.text(path))
                            .as(path)
                            .isNotEmpty());
        }
    }

    @Test
    void theBomManagesAllThatHasClassesAndNothingElse() throws IOException {
        List<Path> boms = filesWith(".pom").stream()
                .filter(file -> nameWithoutVersion(file).equals("pipelinebox-bom.pom"))
                .toList();
        assertThat(boms).hasSize(1);
        Pom bom = Pom.read(boms.get(0));
        assertThat(bom.texts("/project/parent")).isEmpty();
        assertThat(bom.texts("/project/dependencyManagement/dependencies/dependency/artifactId"))
                .containsExactlyInAnyOrderElementsOf(Checkout.publishedModules().stream()
                        .filter(Module::hasClasses)
                        .map(Module::artifactId)
                        .toList());
        assertThat(bom.texts("/project/dependencyManagement/dependencies/dependency/version"))
                .containsOnly("${project.version}");
    }

    @Test
    void eachJarHasANameAsAModule() throws IOException {
        for (Path jar : filesWith(".jar")) {
            if (!nameWithoutVersion(jar).matches(".*-(sources|javadoc)\\.jar")) {
                try (JarFile file = new JarFile(jar.toFile())) {
                    String name = file.getManifest().getMainAttributes().getValue("Automatic-Module-Name");
                    assertThat(name != null
                                    || file.stream()
                                            .anyMatch(entry -> entry.getName().endsWith("module-info.class")))
                            .as("%s", jar)
                            .isTrue();
                }
            }
        }
    }

    private static List<Path> filesWith(String end) throws IOException {
        List<Path> files = SecondBuild.deployedFiles().stream()
                .filter(file -> file.toString().endsWith(end))
                .toList();
        assertThat(files).isNotEmpty();
        return files;
    }

    /** A snapshot has a time and a number in the place of SNAPSHOT. */
    private static String nameWithoutVersion(Path file) {
        String version = Checkout.VERSION.replace("-SNAPSHOT", "");
        return file.getFileName()
                .toString()
                .replaceFirst("-" + version.replace(".", "\\.") + "(-\\d{8}\\.\\d{6}-\\d+)?", "");
    }
}
