package dev.pipelinebox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.examples.scan.SampleJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scan as its users run it: the whole program, with its workers, over real jars and a broken one. */
class DeprecatedApiScanProcessIT {

    @TempDir
    private Path folder;

    @Test
    void scansAllThatItCanAndNamesWhatItCannot() throws Exception {
        SampleJar.writeSample(folder.resolve("sample.jar"));
        Path broken = Files.writeString(folder.resolve("broken.jar"), "This is no jar.");
        List<String> arguments = new ArrayList<>(List.of("--workers", "2", folder.toString()));
        List<Path> real = RealJars.all();
        real.forEach(jar -> arguments.add(jar.toString()));

        Program program = Program.example(DeprecatedApiScan.class, arguments.toArray(String[]::new));

        assertThat(program.exitCode()).isEqualTo(1);
        assertThat(program.err()).singleElement().asString().startsWith("cannot read " + broken + ": ");
        assertThat(program.out().get(0)).matches("JAR +CLASS +KIND +DEPRECATED API +SINCE");
        assertThat(String.join("\n", program.out()))
                .containsPattern("sample.jar +sample.Calls +calls method +java.lang.Thread.checkAccess\\(\\) +17\n")
                .containsPattern("slf4j-api-[0-9.]+.jar +org.slf4j.LoggerFactory ")
                .contains((1 + real.size()) + " of " + (2 + real.size()) + " jars with ");
        assertThat(program.out())
                .filteredOn(line -> line.startsWith("Worker process "))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(program.workers()).contains(Long.parseLong(line.split(" ")[2])));
        assertThat(program.workers()).hasSize(2);
        assertThat(program.workersLeft()).isEmpty();
    }
}
