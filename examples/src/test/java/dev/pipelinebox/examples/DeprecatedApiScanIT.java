package dev.pipelinebox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.Master;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.examples.scan.ApiUse;
import dev.pipelinebox.examples.scan.JarReport;
import dev.pipelinebox.examples.scan.Jdeprscan;
import dev.pipelinebox.examples.scan.SampleJar;
import dev.pipelinebox.examples.scan.ScanWorker;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeprecatedApiScanIT {

    /** Over larger jars {@code jdeprscan} sits for half a minute. */
    private static final long LARGEST = 2_000_000;

    @TempDir
    private static Path folder;

    private static Path sample;
    private static Jdeprscan jdeprscan;
    private static Map<String, JarReport> reports;

    @BeforeAll
    static void scanTheClassPath() throws Exception {
        sample = folder.resolve("sample.jar");
        SampleJar.writeSample(sample);
        jdeprscan = new Jdeprscan(folder);
        reports = new HashMap<>();
        try (Master<String, JarReport> master = Master.of(ScanWorker.class).start()) {
            master.addWorker();
            master.addWorker();
            Stream<String> jars =
                    Stream.concat(jarsOfClassPath().stream(), Stream.of(sample)).map(Path::toString);
            for (TaskResult<JarReport> result : master.runAll(jars)) {
                reports.put(result.value().jar(), result.value());
            }
        }
    }

    static List<Path> jarsOfClassPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(name -> name.endsWith(".jar"))
                .map(Path::of)
                .filter(jar -> size(jar) <= LARGEST)
                .toList();
    }

    private static long size(Path jar) {
        try {
            return Files.size(jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("jarsOfClassPath")
    @Execution(ExecutionMode.CONCURRENT)
    void findsWhatJdeprscanFinds(Path jar) throws Exception {
        assertThat(described(jar, jdeprscan.blindSpots())).containsExactlyInAnyOrderElementsOf(jdeprscan.scan(jar));
    }

    @Test
    void comparesEnoughToMeanSomething() {
        assertThat(jarsOfClassPath()).hasSizeGreaterThanOrEqualTo(10);
        assertThat(jarsOfClassPath())
                .filteredOn(jar -> !described(jar, Set.of()).isEmpty())
                .isNotEmpty();
    }

    @Test
    void findsWhatJdeprscanFindsInEveryKindOfUse() throws Exception {
        Set<String> expected = jdeprscan.scan(sample);

        assertThat(described(sample, jdeprscan.blindSpots())).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(described(sample, Set.of())).hasSizeGreaterThan(expected.size());
    }

    private static Set<String> described(Path jar, Set<String> leaveOut) {
        List<ApiUse> uses = reports.get(jar.toString()).uses();
        return uses.stream()
                .filter(use -> !leaveOut.contains(use.api()))
                .map(Jdeprscan::describe)
                .collect(Collectors.toSet());
    }

    @Test
    void printsATableAndASummary() {
        Run run = Run.of("--workers", "1", sample.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines()).first().asString().matches("JAR +CLASS +KIND +DEPRECATED API +SINCE");
        assertThat(run.out())
                .containsPattern("sample.jar +sample.Calls +calls method +java.lang.Thread.checkAccess\\(\\) +17\n")
                .contains("1 of 1 jars with ")
                .containsPattern("Worker process \\d+ scanned 1 of them\\.");
    }

    @Test
    void goesOnAfterABrokenJarAndSaysWhich() throws IOException {
        Path mixed = Files.createDirectories(folder.resolve("mixed/below"));
        Files.copy(sample, mixed.resolve("whole.jar"));
        Path broken = Files.writeString(mixed.resolve("broken.jar"), "This is no jar.");

        Run run = Run.of("--workers", "2", mixed.getParent().toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("cannot read " + broken + ": ").contains("is it a whole jar?");
        assertThat(run.out()).contains("whole.jar", "1 of 2 jars with ");
    }

    private record Run(int exitCode, String out, String err) {

        static Run of(String... args) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int exitCode = DeprecatedApiScan.run(args, new PrintStream(out, true), new PrintStream(err, true));
            return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }
    }
}
