package dev.pipelinebox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's first program, which is its first two blocks, says what can be run. */
class GuideIT {

    @TempDir
    private Path folder;

    @Test
    void theFirstProgramPrintsWhatTheGuideSays() throws Exception {
        Page guide = Page.of("docs/guide.md");
        String classPath = System.getProperty("java.class.path");
        List<Snippet> snippets =
                guide.blocks("java").stream().limit(2).map(Snippet::of).toList();
        Snippet.compile(folder, classPath, snippets);

        Program program = Program.java(classPath + File.pathSeparator + folder, "FirstProgram");

        assertThat(program.exitCode()).as("%s", program.err()).isZero();
        assertThat(program.out())
                .containsSubsequence(guide.block("text").lines().toList());
        assertThat(program.workersLeft()).isEmpty();
    }
}
