package dev.pipelinebox.internal.launch.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InheritedArgumentsTest {

    @Test
    void areThoseOfModulesAndPreviewFeatures() {
        assertThat(ofJava(
                        "--add-opens",
                        "java.base/java.lang=ALL-UNNAMED",
                        "--add-modules=java.sql",
                        "--enable-preview",
                        "-cp",
                        "lib/*",
                        "Program"))
                .contains(List.of(
                        "--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-modules=java.sql", "--enable-preview"));
    }

    @Test
    void areNoAgentsPortsHeapsAndProperties() {
        assertThat(ofJava(
                        "-agentlib:jdwp=transport=dt_socket,server=y,address=5005",
                        "-javaagent:agent.jar",
                        "-Xmx4g",
                        "-Xshare:off",
                        "-Dsome.property=1",
                        "-jar",
                        "program.jar"))
                .contains(List.of());
    }

    @Test
    void areNotThoseOfTheProgram() {
        assertThat(ofJava("-cp", "lib/*", "Program", "--enable-preview")).contains(List.of());
        assertThat(ofJava("-jar", "program.jar", "--enable-preview")).contains(List.of());
        assertThat(ofJava("-p", "mods", "-m", "program/Program", "--add-modules=x"))
                .contains(List.of());
        assertThat(ofJava("-cp", "lib/*", "Program", "@file")).contains(List.of());
    }

    @Test
    void areNotReadFromACommandLineThatDoesNotTellThem() {
        assertThat(ofJava("-Xmx1g", "@arguments", "Program")).isEmpty();
        assertThat(ofJava("@arguments", "Program")).isEmpty();
        assertThat(InheritedArguments.ofLauncher(List.of("/opt/app/bin/app", "--enable-preview")))
                .isEmpty();
    }

    @Test
    void ofThisJvmAreFound() {
        assertThat(InheritedArguments.current()).allMatch(argument -> argument.startsWith("--"));
    }

    private static Optional<List<String>> ofJava(String... arguments) {
        List<String> words = new ArrayList<>(List.of("/usr/bin/java"));
        words.addAll(List.of(arguments));
        return InheritedArguments.ofLauncher(words);
    }
}
