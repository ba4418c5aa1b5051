package dev.pipelinebox.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DockerfileTest {

    private static final Dockerfile PAGE = page();

    @Test
    void stagesStepsAndContinuedLinesAreRead() {
        Dockerfile read =
                Dockerfile.parse("# a\nFROM a AS build\nRUN x \\\n    && y\n\nFROM b\nENTRYPOINT [\"p\", \"q r\"]\n");

        assertThat(read.stage("build").steps()).containsExactly(new Dockerfile.Step("RUN", "x && y"));
        assertThat(read.image().entryPoint()).containsExactly("p", "q r");
    }

    @Test
    void thePagesImageRunsAsAUserByNumberAndStartsWithoutAShell() {
        List<String> entryPoint = PAGE.image().entryPoint();

        assertThat(PAGE.image().only("USER")).matches("\\d+:\\d+").doesNotStartWith("0");
        assertThat(entryPoint.get(0)).isEqualTo("/app/java/bin/java");
        assertThat(PAGE.stage("build").all("RUN"))
                .as("the archives are made with the options that use them")
                .filteredOn(line -> line.contains("ArchiveTool"))
                .singleElement()
                .asString()
                .contains(entryPoint.subList(1, entryPoint.indexOf("-cp")));
    }

    private static Dockerfile page() {
        try {
            return Dockerfile.ofPage(Path.of("../docs/containers.md"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
