package dev.pipelinebox.environments;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/environments.md} says what the tests and the build of this module do. */
class PageTest {

    private static final Path TESTS = Path.of("src/test/java/dev/pipelinebox/environments");

    @Test
    void theConfigurationOfTheShadePluginIsThatOfThisBuild() throws Exception {
        List<String> used = Page.section(Path.of("pom.xml"), "<transformers>", "</filters>");

        assertThat(Page.read().block("xml"))
                .isEqualTo(used.stream()
                        .map(line -> line.replace(Packed.PROGRAM, "com.example.Program"))
                        .toList());
    }

    @Test
    void theModuleDescriptorIsThatOfTheTestedProgram() throws Exception {
        assertThat(Page.read().block("java"))
                .isEqualTo(
                        Files.readAllLines(Path.of("src", "test", "resources", "modular", "module-info.java")).stream()
                                .map(String::strip)
                                .toList());
    }

    @Test
    void itsTestsAreThere() throws Exception {
        assertThat(Page.read().tests())
                .hasSizeGreaterThan(5)
                .allSatisfy(test -> assertThat(Files.exists(TESTS.resolve(test + ".java")))
                        .as(test)
                        .isTrue());
    }

    @Test
    void theArgumentsThatWorkersGetAreThoseOfTheTest() throws Exception {
        assertThat(Page.read().quoted("| `--add-opens`"))
                .containsExactlyInAnyOrderElementsOf(CallerJvmIT.PERMISSIONS.stream()
                        .map(argument -> argument.split("=", 2)[0])
                        .toList());
    }
}
