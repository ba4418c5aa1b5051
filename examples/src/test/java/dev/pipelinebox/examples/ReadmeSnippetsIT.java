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
        List<String> blocks = Readme.blocks("java");
        assertThat(blocks).hasSize(4);
        Readme.compile(folder, blocks.get(0), "DumbProgram", classPath);
        Readme.compile(folder, SNIPPETS.formatted(blocks.get(1), blocks.get(2), blocks.get(3)), "Snippets", classPath);

        Program program = Program.java(classPath, "Snippets");

        assertThat(program.exitCode()).as("%s", program.err()).isZero();
        assertThat(program.out())
                .contains("NAME DONE WITH last")
                .contains("Alice DONE WITH task")
                .contains("1 Failure", "2 Success");
        assertThat(program.workersLeft()).isEmpty();
    }
}
