package dev.pipelinebox.environments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A modular program, with the library and all that it needs on the module path. */
@ExtendWith(NoProcessLeft.class)
class ModulePathIT {

    private static final Path SOURCES = Path.of("target", "test-classes", "modular");
    private static final String LIBRARIES =
            Path.of("target", "lib").toAbsolutePath().toString();

    @TempDir
    private static Path folder;

    /** Over the socket, and over the connections of Akka, which makes objects of the library's classes. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itsWorkersHaveItsModulesAndWhatItsCommandLineOpens(boolean socket) throws Exception {
        LaunchedProgram ended = Launch.java(
                        "-Dpipelinebox.link.unix-socket=" + socket,
                        "--module-path",
                        modulePath("modules " + socket, ""),
                        "--add-opens",
                        "java.base/java.lang=com.example.squares",
                        "--module",
                        "com.example.squares/com.example.squares.Squares")
                .run();

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output())
                .contains("49 by module com.example.squares with module dev.pipelinebox.core, opens true");
    }

    @Test
    void aPackageThatIsClosedFailsAtStartWithTheLineToWrite() throws Exception {
        LaunchedProgram ended = Launch.java(
                        "--module-path",
                        modulePath(
                                "closed modules",
                                "opens com.example.tasks to\n            com.fasterxml.jackson.databind;"),
                        "--module",
                        "com.example.squares/com.example.squares.Squares")
                .run();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output())
                .contains(
                        "Package com.example.tasks of module com.example.squares is closed to Jackson, which writes and"
                                + " reads com.example.tasks.Task; add to module-info.java of com.example.squares:"
                                + " opens com.example.tasks to com.fasterxml.jackson.databind;");
    }

    /**
     * Compiles the program.
     *
     * @param without what is left out of its descriptor
     */
    private static String modulePath(String name, String without) throws Exception {
        Path classes = folder.resolve(name);
        Path descriptor =
                Files.createDirectory(folder.resolve(name + " source")).resolve("module-info.java");
        String complete = Files.readString(SOURCES.resolve("module-info.java"));
        assertThat(complete).contains(without);
        Files.writeString(descriptor, complete.replace(without, ""));
        int exit = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "--module-path",
                        LIBRARIES,
                        "-d",
                        classes.toString(),
                        descriptor.toString(),
                        SOURCES.resolve("com/example/tasks/Task.java").toString(),
                        SOURCES.resolve("com/example/squares/Squares.java").toString());
        assertThat(exit).isZero();
        return LIBRARIES + File.pathSeparator + classes;
    }
}
