package dev.pipelinebox.environments;

import static dev.pipelinebox.environments.Launch.classPath;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.environments.launcher.Launcher;
import dev.pipelinebox.environments.program.Report;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs that another class loader has loaded than Java's own: its class path is not in {@code java.class.path}. */
@ExtendWith(NoProcessLeft.class)
class ClassLoaderIT {

    @TempDir
    private static Path folder;

    /** The class path of the JVM. */
    private static Path launcher;

    /** An older version, as the program's loader sees it, of a library that the program has, too. */
    private static Path other;

    /** What the launcher's loader looks in. */
    private static List<Path> program;

    @BeforeAll
    static void copy() throws Exception {
        launcher = Files.createDirectory(folder.resolve("launcher"));
        Path classes = Path.of("target", "test-classes");
        try (Stream<Path> all = Files.walk(classes.resolve("dev/pipelinebox/environments/launcher"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path copy = launcher.resolve(classes.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        other = older(folder.resolve("config-1.0.0.jar"));
        Path own = Files.createDirectory(folder.resolve("own"));
        Files.writeString(own.resolve(Report.RESOURCE), "the program's");
        program = new ArrayList<>(List.of(own, Packed.jar()));
        program.addAll(Packed.libraries());
    }

    /** A resource that both have tells which loader comes first. */
    @ParameterizedTest
    @EnumSource
    void itsWorkersFindWhatItFinds(Launcher.Kind kind) throws Exception {
        LaunchedProgram ended = run(kind);
        Report report = ended.report();

        assertThat(ended.classPath())
                .contains(launcher, other)
                .containsAll(program.stream().filter(Files::isRegularFile).toList());
        assertThat(report.caller().resource())
                .isEqualTo(kind == Launcher.Kind.PARENT_LAST ? "the program's" : "the launcher's");
        assertThat(report.worker().resource()).isEqualTo(report.caller().resource());
    }

    private static Path older(Path file) throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        return Packed.writeJar(
                file,
                manifest,
                jar -> Packed.put(jar, Report.RESOURCE, "the launcher's".getBytes(StandardCharsets.UTF_8)));
    }

    private static LaunchedProgram run(Launcher.Kind kind) throws Exception {
        return Launch.java(
                        "-cp",
                        classPath(launcher, other),
                        Launcher.class.getName(),
                        kind.name(),
                        classPath(program.toArray()),
                        Packed.PROGRAM)
                .run();
    }
}
