package dev.pipelinebox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.Master;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.examples.scan.JarReport;
import dev.pipelinebox.examples.scan.Jdeprscan;
import dev.pipelinebox.examples.scan.SampleJar;
import dev.pipelinebox.examples.scan.ScanWorker;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scan against the judgement of {@code jdeprscan}. */
class DeprecatedApiScanIT {

    @TempDir
    private static Path folder;

    private static Path sample;
    private static Set<String> blindSpots;
    private static Map<Path, Set<String>> expected;
    private static Map<Path, JarReport> reports;

    @BeforeAll
    static void scanTheJars() throws Exception {
        sample = folder.resolve("sample.jar");
        SampleJar.writeSample(sample);
        List<Path> all = Stream.concat(jars().stream(), Stream.of(sample)).toList();
        reports = new HashMap<>();
        try (Master<String, JarReport> master = Master.of(ScanWorker.class).start()) {
            master.addWorker();
            for (TaskResult<JarReport> result : master.runAll(all.stream().map(Path::toString))) {
                reports.put(Path.of(result.value().jar()), result.value());
            }
        }
        Jdeprscan jdeprscan = new Jdeprscan(folder);
        blindSpots = jdeprscan.blindSpots();
        expected = jdeprscan.scan(all);
    }

    static List<Path> jars() {
        return RealJars.all();
    }

    @ParameterizedTest
    @MethodSource("jars")
    void findsWhatJdeprscanFinds(Path jar) {
        assertThat(described(jar, blindSpots)).containsExactlyInAnyOrderElementsOf(expected.get(jar));
    }

    @Test
    void comparesEnoughToMeanSomething() {
        assertThat(jars()).hasSizeGreaterThanOrEqualTo(10);
        assertThat(jars()).filteredOn(jar -> !expected.get(jar).isEmpty()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void findsWhatJdeprscanFindsInEveryKindOfUse() {
        assertThat(described(sample, blindSpots)).containsExactlyInAnyOrderElementsOf(expected.get(sample));
        assertThat(described(sample, Set.of()))
                .hasSizeGreaterThan(expected.get(sample).size());
    }

    private static Set<String> described(Path jar, Set<String> leaveOut) {
        return reports.get(jar).uses().stream()
                .filter(use -> !leaveOut.contains(use.api()))
                .map(Jdeprscan::describe)
                .collect(Collectors.toSet());
    }
}
