package dev.pipelinebox.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that is written in Scala and has an actor system of its own. */
class ScalaIT {

    private static final Path SOURCE = Path.of("src/test/resources/dev/pipelinebox/compatibility/Application.scala")
            .toAbsolutePath();

    private static final String VERSION = "2.13.18";
    private static final String COMPILER = "scala-compiler";
    private static final String LIBRARY = "scala-library-" + VERSION;

    static final List<String> VARIANTS = List.of(COMPILER, LIBRARY);

    @TempDir
    Path classes;

    @Test
    void anApplicationWithAnActorSystemOfItsOwnEmbedsAMaster() throws Exception {
        String libraries = Trial.classPath(List.of(LIBRARY));
        String compiler = Trial.classPath(VARIANTS);
        Trial compiled = Trial.java(
                Trial.JAVA_HOME,
                compiler,
                List.of(
                        "scala.tools.nsc.Main",
                        "-nobootcp",
                        "-d",
                        classes.toString(),
                        "-cp",
                        libraries,
                        SOURCE.toString()));
        assertThat(compiled.exitCode()).as(compiled.output()).isZero();

        Trial application = Trial.java(
                Trial.JAVA_HOME, libraries + File.pathSeparator + classes, List.of("application.Application"));

        application.checkPassed();
        assertThat(application.output())
                .contains("passed: ASKED in version " + VERSION, "passed: STREAMED in version " + VERSION);
    }
}
