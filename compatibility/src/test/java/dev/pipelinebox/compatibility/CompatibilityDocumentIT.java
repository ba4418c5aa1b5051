package dev.pipelinebox.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page names exactly the versions that are tried: those of the library itself, and those in its place. */
class CompatibilityDocumentIT {

    private static final Path PAGE = Path.of("../docs/compatibility.md");
    private static final Path LIBRARY = Path.of("target/lib");
    private static final Path VARIANTS = Path.of("target/variants");

    @ParameterizedTest
    @CsvSource({
        "Jackson, jackson-databind",
        "SLF4J, slf4j-api",
        "Logback, logback-classic",
        "Log4j, log4j-slf4j2-impl",
        "`slf4j-simple`, slf4j-simple",
        "Akka, akka-actor_2.13",
        "Scala, scala-library"
    })
    void eachTestedVersionIsOfAJarThatATrialRunsWith(String row, String artifact) throws IOException {
        assertThat(tested(row)).isEqualTo(versions(artifact));
    }

    @Test
    void theVersionOfSpringBootIsThatOfTheBuild() throws IOException {
        String build = Files.readString(Path.of("../pom.xml"));

        assertThat(tested("Spring Boot"))
                .allSatisfy(version ->
                        assertThat(build).contains("<spring-boot.version>" + version + "</spring-boot.version>"))
                .hasSize(1);
    }

    /** No jars are copied that nothing runs with. */
    @Test
    void eachFolderOfJarsIsTried() throws IOException {
        Set<String> tried = CompatibilityIT.mixtures()
                .flatMap(mixture -> mixture.variants().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        tried.addAll(ScalaIT.VARIANTS);

        try (Stream<Path> folders = Files.list(VARIANTS)) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(tried);
        }
    }

    private static Set<String> tested(String row) throws IOException {
        return Pattern.compile("(?m)^\\| " + Pattern.quote(row) + " \\| ([^|]*) \\| tested by the build")
                .matcher(Files.readString(PAGE))
                .results()
                .flatMap(found -> Stream.of(found.group(1).split(", ")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> versions(String artifact) throws IOException {
        Pattern jar = Pattern.compile(Pattern.quote(artifact) + "-(\\d[\\d.]*)\\.jar");
        try (Stream<Path> variants = Files.walk(VARIANTS);
                Stream<Path> library = Files.list(LIBRARY)) {
            return Stream.concat(variants, library)
                    .flatMap(file -> jar.matcher(file.getFileName().toString()).results())
                    .map((MatchResult found) -> found.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
