package dev.pipelinebox.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
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

    private static final String PROGRAM = ExecutableProgram.class.getName();

    @TempDir
    private static Path folder;

    /** With a name that has to be quoted. */
    private static Path classes;

    private static Path lib;

    @BeforeAll
    static void copy() throws Exception {
        classes = folder.resolve("my classes");
        for (Class<?> type : List.of(ExecutableProgram.class, ExecutableProgram.Properties.class)) {
            String name = type.getName().replace('.', '/') + ".class";
            Path file = classes.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, type.getResourceAsStream("/" + name).readAllBytes());
        }
        lib = Files.createDirectory(folder.resolve("lib"));
        for (Path jar : LaunchedProgram.libraries()) {
            Files.copy(jar, lib.resolve(jar.getFileName()));
        }
    }

    @Test
    void aWildcardAndAFolder() throws Exception {
        List<Path> classPath = LaunchedProgram.run(
                        "-cp", classes + File.pathSeparator + lib.resolve("*"), PROGRAM, cache())
                .classPath();

        assertThat(classPath)
                .contains(classes)
                .doesNotHaveDuplicates()
                .allSatisfy(entry -> assertThat(entry).exists());
    }

    @Test
    void anArgumentFile() throws Exception {
        Path file = Files.writeString(
                folder.resolve("arguments"), "-cp\n\"" + classes + File.pathSeparator + lib.resolve("*") + "\"\n");

        assertThat(LaunchedProgram.run("@" + file, PROGRAM, cache()).classPath())
                .contains(classes);
    }

    /** As build tools make it for class paths that are too long for a command line. */
    @Test
    void theManifestOfAJar() throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        try (Stream<Path> jars = Files.list(lib)) {
            manifest.getMainAttributes()
                    .put(
                            Attributes.Name.CLASS_PATH,
                            Stream.concat(
                                            Stream.of(classes.toUri().toString()),
                                            jars.map(jar -> "lib/" + jar.getFileName()))
                                    .collect(Collectors.joining(" ")));
        }
        Path jar = folder.resolve("path.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream only = new JarOutputStream(file, manifest)) {
            only.finish();
        }

        assertThat(LaunchedProgram.run("-cp", jar.toString(), PROGRAM, cache()).classPath())
                .containsExactly(jar);
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

        LaunchedProgram program = LaunchedProgram.run("-cp", lib.resolve("*").toString(), source.toString());

        assertThat(program.exitCode()).isEqualTo(1);
        assertThat(program.output())
                .contains(
                        "Worker class InMemory$Echo is in no jar or folder",
                        "java Program.java keeps classes in memory");
    }

    private static String cache() {
        return folder.resolve("cache").toString();
    }
}
