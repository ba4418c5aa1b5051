package dev.pipelinebox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's program and commands run, and the documented configuration is that of the library. */
class ReadmeIT {

    private static final Page README = Page.of("README.md");

    @TempDir
    private Path folder;

    @Test
    void theProgramCompilesAndRuns() throws Exception {
        String classPath = System.getProperty("java.class.path");
        Snippet.compile(
                folder, classPath, List.of(Snippet.of(README.blocks("java").get(0))));

        Program program = Program.java(classPath + File.pathSeparator + folder, "DumbProgram");

        assertThat(program.exitCode()).as("%s", program.err()).isZero();
        assertThat(program.out())
                .filteredOn(line -> line.contains("DONE WITH"))
                .map(line -> line.replaceAll("WORKER-(Alice|Bob)", "NAME"))
                .containsExactlyInAnyOrder(
                        "1 NAME DONE WITH task-1", "2 NAME DONE WITH task-2", "3 NAME DONE WITH task-3");
        assertThat(program.out()).contains("3 of 3");
        assertThat(program.workers()).hasSize(2);
        assertThat(program.workersLeft()).isEmpty();
    }

    @Test
    void theFirstCommandPrintsATableOfFindings() throws Exception {
        String command = commands().get(0);
        assertThat(command).startsWith("mvn -q -B -DskipTests package && java ");

        Program program = Program.shell(command.substring(command.indexOf("java ")));

        assertThat(program.exitCode()).as("%s", program.err()).isZero();
        assertThat(program.out().get(0)).matches("JAR +CLASS +KIND +DEPRECATED API +SINCE");
        assertThat(program.workers()).isNotEmpty();
        assertThat(program.workersLeft()).isEmpty();
        if (Runtime.version().feature() == 17) {
            assertThat(rows(program.out()))
                    .containsAll(rows(README.block("text").lines().toList()));
        }
    }

    @Test
    void theSecondCommandIsWhatTheBuildServerRuns() {
        assertThat(commands()).hasSize(2).last().isEqualTo("mvn -B verify");
        assertThat(read(".ci/run").lines()).contains("exec mvn -B verify");
    }

    @Test
    void theDependencyHasTheVersionThatIsBuilt() {
        assertThat(README.block("xml"))
                .contains(group(
                        "(?s)<artifactId>pipelinebox-parent</artifactId>\\s*(<version>[^<]+</version>)",
                        read("pom.xml")));
    }

    @Test
    void theFilesThatItPointsToAreThere() {
        assertThat(README.brokenLinks()).isEmpty();
    }

    @Test
    void theApplicationConfHasKeysThatThereAreWithTheirDefaults() {
        Config application =
                ConfigFactory.parseFile(Program.ROOT.resolve("application.conf").toFile());
        Config reference = ConfigFactory.parseFile(
                Program.ROOT.resolve("core/src/main/resources/reference.conf").toFile());

        assertThat(application.entrySet()).isNotEmpty();
        for (Map.Entry<String, ConfigValue> entry : application.entrySet()) {
            assertThat(reference.hasPath(entry.getKey())).as(entry.getKey()).isTrue();
            assertThat(entry.getValue().unwrapped())
                    .as(entry.getKey())
                    .isEqualTo(reference.getValue(entry.getKey()).unwrapped());
            assertThat(entry.getValue().origin().comments()).as(entry.getKey()).hasSize(1);
        }
    }

    @Test
    void theExamplesAreConfiguredByIt() {
        Config packaged = ConfigFactory.parseResources(DeprecatedApiScan.class.getClassLoader(), "application.conf");
        assertThat(packaged)
                .isEqualTo(ConfigFactory.parseFile(
                        Program.ROOT.resolve("application.conf").toFile()));
    }

    /** The commands of the quick start: each is one line in a block of its own. */
    private static List<String> commands() {
        String quickStart = group("(?s)\n## Quick start\n(.*?)\n## ", README.text());
        return Pattern.compile("```sh\n([^\n]*)\n```")
                .matcher(quickStart)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    /** The rows of a table, without the width of its columns and the versions of the jars. */
    private static List<String> rows(List<String> lines) {
        return lines.stream()
                .filter(line -> line.contains(".jar "))
                .map(line -> line.replaceAll("-[0-9.]+\\.jar", ".jar").replaceAll(" +", " "))
                .toList();
    }

    private static String group(String pattern, String text) {
        List<MatchResult> found =
                Pattern.compile(pattern).matcher(text).results().toList();
        assertThat(found).as(pattern).hasSize(1);
        return found.get(0).group(1);
    }

    private static String read(String file) {
        try {
            return Files.readString(Program.ROOT.resolve(file));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
