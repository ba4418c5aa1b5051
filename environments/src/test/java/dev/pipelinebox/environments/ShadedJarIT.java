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

    private static final String ARCHIVE =
            Runtime.version().feature() >= 25 ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";

    @Test
    void itsWorkersHaveTheSameJarAndItsClassDataArchive() throws Exception {
        Path jar = Packed.shadedJar();
        LaunchedProgram tool = Launch.javaWithArchive("-cp", jar.toString(), "dev.pipelinebox.ArchiveTool")
                .run();
        assertThat(tool.exitCode()).as(tool.output()).isZero();

        Report report = Launch.javaWithArchive("-jar", jar.toString()).run().report();

        assertThat(classPath(report)).containsExactly(jar);
        assertThat(report.worker().arguments()).anyMatch(argument -> argument.startsWith(ARCHIVE + Launch.CACHE));
    }

    /** The library has what it needs from all {@code reference.conf} in a file of its own. */
    @Test
    void soHaveThoseOfAJarWhereNothingWasMerged() throws Exception {
        Path jar = Packed.notMergedJar();

        assertThat(Launch.java("-cp", jar.toString(), Packed.PROGRAM).run().classPath())
                .containsExactly(jar);
    }
}
