package dev.pipelinebox.environments;

import static dev.pipelinebox.environments.LaunchedProgram.classPath;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.environments.program.Report;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A program with all that it needs in one jar, made by the Maven Shade Plugin in this module's build. */
@ExtendWith(NoProcessLeft.class)
class ShadedJarIT {

    @Test
    void itsWorkersHaveTheSameJarAndFromTheSecondRunOnItsClassDataArchive() throws Exception {
        Path jar = Packed.shadedJar();
        Launch launch = Launch.javaWithArchive("-jar", jar.toString());
        launch.run().report();

        Report second = launch.run().report();

        assertThat(classPath(second)).containsExactly(jar);
        assertThat(second.worker().arguments())
                .anyMatch(
                        argument -> argument.startsWith("-XX:SharedArchiveFile=") && argument.contains("pipelinebox"));
    }

    /** The library has what it needs from all {@code reference.conf} in a file of its own. */
    @Test
    void soHaveThoseOfAJarWhereNothingWasMerged() throws Exception {
        Path jar = Packed.notMergedJar();

        assertThat(Launch.java("-cp", jar.toString(), Packed.PROGRAM).run().classPath())
                .containsExactly(jar);
    }
}
