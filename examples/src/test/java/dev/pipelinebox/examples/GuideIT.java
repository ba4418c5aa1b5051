package dev.pipelinebox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's first program, which is its first two blocks, and its snippets about limits, failures and tests run. */
class GuideIT {

    private static final Page GUIDE = Page.of("docs/guide.md");

    /** Two snippets share a master; two have masters of their own. */
    private static final String SNIPPETS = """
            public final class Snippets {
                public static void main(String[] args) {
                    try (Master<String, String> master = Master.of(Translator.class).start()) {
                        master.addWorker();
                        { %s }
                        { %s }
                        System.out.println(master.ask("three").toCompletableFuture().join());
                    }
                    { %s }
                    { %s }
                }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void theFirstProgramPrintsWhatTheGuideSays() throws Exception {
        String classPath = System.getProperty("java.class.path");
        List<Snippet> snippets =
                GUIDE.blocks("java").stream().limit(2).map(Snippet::of).toList();
        Snippet.compile(folder, classPath, snippets);

        Program program = Program.java(classPath + File.pathSeparator + folder, "FirstProgram");

        assertThat(program.exitCode()).as("%s", program.err()).isZero();
        assertThat(program.out())
                .containsSubsequence(GUIDE.block("text").lines().toList());
        assertThat(program.workersLeft()).isEmpty();
    }

    @Test
    void theSnippetsAboutLimitsFailuresAndTestsRun() throws Exception {
        String classPath = System.getProperty("java.class.path") + File.pathSeparator + folder;
        String program = SNIPPETS.formatted(
                blockWith("withHardTimeout("),
                blockWith("lost.dossier()"),
                blockWith("TestKit.inProcess()"),
                blockWith("TestKit.faults()"));
        Page.Block translator = GUIDE.blocks("java").get(0);
        Snippet.compile(
                folder,
                classPath,
                List.of(Snippet.of(translator), Snippet.of(new Page.Block("Snippets.java", 1, program))));

        Program run = Program.java(classPath, "Snippets");

        assertThat(run.exitCode()).as("%s", run.err()).isZero();
        assertThat(run.out())
                .contains("drei")
                .contains("true")
                .contains("1 Success", "2 Failure", "3 Failure", "4 Success");
        assertThat(run.workersLeft()).isEmpty();
    }

    @Test
    void theCommandThatNamesAnArchiveForTheProgramAndTheScriptRun() throws Exception {
        List<String> commands = GUIDE.blocks("sh").stream()
                .map(Page.Block::text)
                .filter(command -> command.contains("-XX:SharedArchiveFile="))
                .toList();
        assertThat(commands).hasSize(1);
        for (String command : List.of(commands.get(0).strip() + " 2", "examples/run DumbMasterWorker 2")) {
            Program run = Program.shell(command);
            assertThat(run.exitCode()).as("%s", run.err()).isZero();
            assertThat(run.out()).contains("[DumbTest]: All done");
            assertThat(run.workersLeft()).isEmpty();
        }
        assertThat(Program.shell("examples/run").exitCode()).isEqualTo(2);
    }

    private static String blockWith(String code) {
        List<Page.Block> found = GUIDE.blocks("java").stream()
                .filter(block -> block.text().contains(code))
                .toList();
        assertThat(found).as(code).hasSize(1);
        return found.get(0).text();
    }
}
