package dev.pipelinebox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's snippets say what can be compiled and run. */
class ReadmeSnippetsIT {

    /** What stands around snippets that are no whole programs: one with a master, two with masters of their own. */
    private static final String SNIPPETS = """
            import com.typesafe.config.Config;
            import com.typesafe.config.ConfigFactory;
            import dev.pipelinebox.Master;
            import dev.pipelinebox.api.TaskOptions;
            import dev.pipelinebox.api.TaskResult;
            import dev.pipelinebox.api.TaskTimeoutException;
            import dev.pipelinebox.api.WorkerLostException;
            import dev.pipelinebox.testkit.TestKit;
            import java.time.Duration;

            public final class Snippets {
                public static void main(String[] args) {
                    try (Master<String, String> master =
                            Master.of(DumbProgram.DumbWorker.class).start()) {
                        master.addWorker(new DumbProgram.DumbWorker.Parameters("NAME"));
                        %s
                        System.out.println(master.ask("last").toCompletableFuture().join());
                    }
                    { %s }
                    { %s }
                }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void theSnippetsCompileAndRun() throws Exception {
        String classPath = System.getProperty("java.class.path") + File.pathSeparator + folder;
        List<Page.Block> blocks = Page.of("README.md").blocks("java");
        assertThat(blocks).hasSize(4);
        String snippets = SNIPPETS.formatted(
                blocks.get(1).text(), blocks.get(2).text(), blocks.get(3).text());
        Page.Block program = new Page.Block("Snippets.java", 1, snippets);
        Snippet.compile(folder, classPath, List.of(Snippet.of(blocks.get(0)), Snippet.of(program)));

        Program run = Program.java(classPath, "Snippets");

        assertThat(run.exitCode()).as("%s", run.err()).isZero();
        assertThat(run.out())
                .contains("NAME DONE WITH last")
                .contains("Alice DONE WITH task")
                .contains("1 Failure", "2 Success");
        assertThat(run.workersLeft()).isEmpty();
    }
}
