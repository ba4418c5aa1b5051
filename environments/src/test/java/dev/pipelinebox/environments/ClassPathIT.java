package dev.pipelinebox.environments;

import static dev.pipelinebox.environments.Launch.classPath;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pipelinebox.environments.program.FactsProgram;
import dev.pipelinebox.environments.program.FactsWorker;
import dev.pipelinebox.environments.program.ProcessFacts;
import dev.pipelinebox.environments.program.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The ways in which a program names its class path. */
@ExtendWith(NoProcessLeft.class)
class ClassPathIT {

    /** Where the build compiles the library. */
    private static final Path CORE_CLASSES = Path.of("..", "core", "target", "classes");

    @TempDir
    private static Path folder;

    /** With a name that has to be quoted. */
    private static Path classes;

    private static Path lib;

    @BeforeAll
    static void copy() throws Exception {
        classes = Packed.copyClasses(
                folder.resolve("my classes"), FactsProgram.class, FactsWorker.class, ProcessFacts.class, Report.class);
        lib = Files.createDirectory(folder.resolve("lib"));
        for (Path jar : Packed.libraries()) {
            Files.copy(jar, lib.resolve(jar.getFileName()));
        }
    }

    @Test
    void aWildcardAndAFolderInAnArgumentFile() throws Exception {
        String opens = "--add-opens=java.base/java.util=ALL-UNNAMED";
        Path file = Files.writeString(
                folder.resolve("arguments"),
                Launch.NO_ARCHIVE + "\n" + opens + "\n-cp\n\"" + classPath(classes, lib.resolve("*")) + "\"\n");

        Report report = Launch.javaWithArchive("@" + file, Packed.PROGRAM).run().report();

        assertThat(LaunchedProgram.classPath(report))
                .contains(classes)
                .doesNotHaveDuplicates()
                .allSatisfy(entry -> assertThat(entry).exists());
        assertThat(report.worker().arguments()).contains(opens);
    }

    /** As build tools make it for class paths that are too long for a command line. */
    @Test
    void theManifestOfAJar() throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Stream.concat(
                                        Stream.of(classes.toUri().toString()),
                                        Packed.libraries().stream().map(jar -> "lib/" + jar.getFileName()))
                                .collect(Collectors.joining(" ")));
        Path jar = Packed.writeJar(folder.resolve("path.jar"), manifest, nothing -> {});

        assertThat(Launch.java("-cp", jar.toString(), Packed.PROGRAM).run().classPath())
                .containsExactly(jar);
    }

    /** As an IDE starts a program beside which the library itself is open: no jar of it, and no class-data archive. */
    @Test
    void foldersOfTheProgramAndOfTheLibrary() throws Exception {
        assumeTrue(Files.isDirectory(CORE_CLASSES), "the library was not compiled beside this module");
        List<Path> others = Packed.libraries().stream()
                .filter(jar -> !jar.getFileName().toString().startsWith("pipelinebox-core-"))
                .toList();

        LaunchedProgram program = Launch.javaWithArchive(
                        "-cp", classPath(classes, CORE_CLASSES, classPath(others.toArray())), Packed.PROGRAM)
                .run();

        assertThat(program.classPath())
                .contains(classes, CORE_CLASSES.toAbsolutePath().normalize())
                .containsAll(others);
    }

    @Test
    void aClassThatIsInMemoryOnlyFailsAtStart() throws Exception {
        Path source = Files.writeString(folder.resolve("InMemory.java"), """
                import dev.pipelinebox.Master;
                import dev.pipelinebox.api.Worker;

                public class InMemory {
                    public static class Echo implements Worker<String, String> {
                        public String runTask(String text) {
                            return text;
                        }
                    }

                    public static void main(String[] arguments) {
                        Master.of(Echo.class).start();
                    }
                }
                """);

        LaunchedProgram program = Launch.java("-cp", lib.resolve("*").toString(), source.toString())
                .run();

        assertThat(program.exitCode()).isEqualTo(1);
        assertThat(program.output())
                .contains(
                        "Worker class InMemory$Echo is in no jar or folder",
                        "java Program.java keeps classes in memory");
    }
}
