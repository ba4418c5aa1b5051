package dev.pipelinebox.environments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pipelinebox.environments.program.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A program with a runtime image of its own, made by the commands of {@code docs/environments.md}. */
@ExtendWith(NoProcessLeft.class)
class RuntimeImageIT {

    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    @TempDir
    private static Path folder;

    private static Path image;

    /** The program's jar and all that it needs. */
    private static Path input;

    private static Page page;

    @BeforeAll
    static void makeImage() throws Exception {
        page = Page.read();
        image = folder.resolve("image");
        input = Files.createDirectory(folder.resolve("input"));
        Files.copy(Packed.jar(), input.resolve("program.jar"));
        for (Path library : Packed.libraries()) {
            Files.copy(library, input.resolve(library.getFileName()));
        }
        run(command("jlink", ""));
    }

    /** An image has no class-data archive of the JVM's own classes, which the library's builds upon. */
    @Test
    void workersStartInAnImageWithoutAClassDataArchive() throws Exception {
        LaunchedProgram program = Launch.of(
                        image, Stream.of("-cp", input.resolve("*").toString(), Packed.PROGRAM))
                .run();

        assertThat(program.report().worker().properties()).containsEntry("java.home", image.toString());
        assertThat(program.output()).doesNotContain("WARN dev.pipelinebox");
    }

    @Test
    void anApplicationDirectoryWithoutTheJavaCommandFailsAtStart() throws Exception {
        LaunchedProgram program = application("stripped", "--add-modules", modules());

        assertThat(program.exitCode()).as(program.output()).isEqualTo(1);
        assertThat(program.output())
                .contains("InvalidConfigException", "--strip-native-commands", "pipelinebox.worker.java-home");
    }

    @Test
    void anApplicationDirectoryWithTheJavaCommandWorks() throws Exception {
        String kept = page.quoted("Or keep the command").get(0);
        String[] option = kept.replace("\"", "").split(" ", 2);

        Report report = application("kept", "--add-modules", modules(), option[0], option[1])
                .report();

        assertThat(report.worker().properties())
                .containsEntry("java.home", report.caller().properties().get("java.home"));
    }

    @Test
    void anApplicationDirectoryWithTheImageWorks() throws Exception {
        List<Path> classPath =
                application("complete", "--runtime-image", image.toString()).classPath();

        assertThat(classPath).anyMatch(entry -> entry.endsWith("program.jar"));
    }

    /** The program as jpackage installs it, with this runtime in the place of the page's. */
    private static LaunchedProgram application(String name, String... runtime) throws Exception {
        List<String> command = new ArrayList<>(command("jpackage", name));
        int given = command.indexOf("--runtime-image");
        command.subList(given, given + 2).clear();
        command.addAll(List.of("--java-options", Launch.NO_ARCHIVE));
        command.addAll(List.of(runtime));
        run(command);
        return Launch.of(folder.resolve(name).resolve("bin").resolve(name).toString())
                .run();
    }

    private static String modules() {
        List<String> command = page.command("jlink");
        return command.get(command.indexOf("--add-modules") + 1);
    }

    /** The page's, in this test's folders. */
    private static List<String> command(String tool, String name) {
        return page.command(tool).stream()
                .map(argument -> switch (argument) {
                    case "jlink", "jpackage" -> tool(argument);
                    case "target/runtime" -> image.toString();
                    case "target/lib" -> input.toString();
                    case "target" -> folder.toString();
                    case "program" -> name;
                    case "com.example.Program" -> Packed.PROGRAM;
                    default -> argument;
                })
                .toList();
    }

    private static String tool(String name) {
        Path tool = JAVA_HOME.resolve("bin").resolve(name);
        assumeTrue(Files.isExecutable(tool), "this Java has no " + name);
        return tool.toString();
    }

    private static void run(List<String> command) throws Exception {
        LaunchedProgram tool = Launch.of(command.toArray(String[]::new)).run();
        assertThat(tool.exitCode()).as(tool.output()).isZero();
    }
}
