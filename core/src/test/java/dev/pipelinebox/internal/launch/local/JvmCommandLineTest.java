package dev.pipelinebox.internal.launch.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.internal.launch.JavaHome;
import dev.pipelinebox.internal.launch.JvmFlags;
import dev.pipelinebox.internal.launch.LaunchSettings;
import dev.pipelinebox.internal.launch.code.CodeEntries;
import dev.pipelinebox.internal.launch.code.ModulePath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JvmCommandLineTest {

    private static final Path DIRECTORY = Path.of("/tmp/a private 100%");

    private static final ResourceShare SHARE = new ResourceShare(Optional.of(128L << 20), 1);

    private final JavaHome java = new JavaHome(Path.of(System.getProperty("java.home")));
    private final WorkerOptions options = WorkerOptions.defaults();

    @Test
    void runsTheJavaOfItsHome() {
        assertThat(Path.of(of(settings(), options).get(0)))
                .startsWith(java.home())
                .isExecutable();
    }

    @Test
    void endsWithTheArgumentFileAndTheMainClass() {
        assertThat(of(settings(), options))
                .endsWith(
                        "@" + LaunchDirectory.argumentFile(DIRECTORY),
                        "dev.pipelinebox.internal.worker.WorkerMain",
                        DIRECTORY.toString());
    }

    @Test
    void namesAMainClassThatIsThere() throws ClassNotFoundException {
        assertThat(Class.forName(JvmCommandLine.MAIN_CLASS)).isPublic().hasPublicMethods("main");
    }

    @Test
    void endsAtOnceWhenOutOfMemory() {
        assertThat(of(settings(), options)).contains("-XX:+ExitOnOutOfMemoryError");
    }

    @Test
    void hasCrashesReportedInThePrivateDirectoryUnlessTheUserSaysWhere() {
        assertThat(of(settings("-XX:ErrorFile=/my/crash.log"), options))
                .containsSubsequence(
                        "-XX:ErrorFile=/tmp/a private 100%%/hs_err_pid%p.log", "-XX:ErrorFile=/my/crash.log");
    }

    @Test
    void usesTheSmallestCollector() {
        assertThat(of(settings(), options)).contains("-XX:+UseSerialGC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseG1GC", "-XX:+UseZGC", "-XX:+UseParallelGC", "-XX:+UseShenandoahGC"})
    void leavesTheCollectorToTheUser(String collector) {
        assertThat(of(settings(collector), options)).contains(collector).doesNotContain("-XX:+UseSerialGC");
        assertThat(of(settings(), options.withJvmArguments(collector)))
                .contains(collector)
                .doesNotContain("-XX:+UseSerialGC");
    }

    @Test
    void takesTheConfiguredArgumentsFirstAndTheWorkersOwnAfterThem() {
        List<String> command = of(settings("-Da=1", "-Xss2m"), options.withJvmArguments("-Da=2"));

        assertThat(command)
                .containsSubsequence("-Da=1", "-Xss2m", "-Da=2", "@" + LaunchDirectory.argumentFile(DIRECTORY));
    }

    @Test
    void letsTheUsersArgumentsOverruleItsOwn() {
        List<String> command = of(settings(), options.withHeap(64 << 20).withJvmArguments("-Xmx99m", "-Xlog:gc"));

        assertThat(command).containsSubsequence("-Xlog:disable", "-Xlog:gc");
        assertThat(command).containsSubsequence("-Xmx67108864", "-Xmx99m");
    }

    @Test
    void limitsTheHeapAsConfigured() {
        LaunchSettings limited = new LaunchSettings(
                java.home(),
                List.of(),
                Optional.of(32L << 20),
                Optional.of(3),
                Optional.empty(),
                Optional.empty(),
                Path.of("code"));

        assertThat(of(limited, options)).contains("-Xmx33554432");
        assertThat(of(limited, options.withHeap(64L << 20)))
                .contains("-Xmx67108864")
                .doesNotContain("-Xmx33554432");
    }

    @Test
    void givesAFairShareIfNothingIsSaid() {
        assertThat(of(settings(), options)).contains("-Xmx134217728", "-XX:ActiveProcessorCount=1");
    }

    @Test
    void beginsWithASmallHeapAndNeverWithMoreThanThereMayBe() {
        assertThat(of(settings(), options))
                .containsSubsequence("-Xms100663296", "-XX:NewSize=10485760", "-Xmx134217728");
        assertThat(of(settings(), options.withHeap(16L << 20)))
                .containsSubsequence("-Xms16777216", "-XX:NewSize=5592405", "-Xmx16777216");
        assertThat(of(settings("-XX:+UseG1GC"), options))
                .contains("-Xms100663296")
                .noneMatch(argument -> argument.startsWith("-XX:NewSize"));
        assertThat(of(settings("-XX:NewRatio=1"), options)).noneMatch(argument -> argument.startsWith("-XX:NewSize"));
        assertThat(of(settings("-Xmx16m"), options.withHeap(64L << 20)))
                .noneMatch(argument -> argument.matches("-Xms.*|-XX:NewSize.*"));
    }

    @Test
    void hasTheArchiveMappedWhereItWasMadeForByAJvmThatIsKnownToBeAbleTo(@TempDir Path home) throws Exception {
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        assertThat(JvmCommandLine.of(
                        new JavaHome(home), settings(), options, SHARE, DIRECTORY, Optional.of(Path.of("/a/b.jsa"))))
                .containsSubsequence("-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0");

        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"26\"\n");
        assertThat(JvmCommandLine.of(
                        new JavaHome(home), settings(), options, SHARE, DIRECTORY, Optional.of(Path.of("/a/b.jsa"))))
                .contains("-XX:AOTCache=/a/b.jsa")
                .noneMatch(argument -> argument.contains("Relocation"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xmx1g",
                "-Xms1g",
                "-XX:MaxRAMPercentage=50",
                "-XX:MaxHeapSize=1g",
                "-XX:InitialHeapSize=1g",
                "-XX:Flags=.hotspotrc",
                "@my.args"
            })
    void leavesTheHeapToTheUserWhoSaysSomethingOfIt(String argument) {
        assertThat(of(settings(argument), options)).doesNotContain("-Xmx134217728");
        assertThat(of(settings(argument), options.withHeap(64L << 20))).contains("-Xmx67108864");
    }

    @Test
    void limitsTheProcessorsAsSaid() {
        LaunchSettings three = new LaunchSettings(
                java.home(),
                List.of(),
                Optional.empty(),
                Optional.of(3),
                Optional.empty(),
                Optional.empty(),
                Path.of("code"));

        assertThat(of(three, options)).contains("-XX:ActiveProcessorCount=3");
        assertThat(of(three, options.withProcessors(2)))
                .contains("-XX:ActiveProcessorCount=2")
                .doesNotContain("-XX:ActiveProcessorCount=3");
        assertThat(of(settings("-XX:ActiveProcessorCount=4"), options))
                .contains("-XX:ActiveProcessorCount=4")
                .doesNotContain("-XX:ActiveProcessorCount=1");
    }

    @Test
    void namesTheArchiveIfThereIsOne(@TempDir Path home) throws Exception {
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"24.0.2\"\n");
        assertThat(of(settings(), options))
                .noneMatch(argument -> argument.contains("SharedArchiveFile") || argument.contains("AOTCache"));
        assertThat(JvmCommandLine.of(
                        new JavaHome(home), settings(), options, SHARE, DIRECTORY, Optional.of(Path.of("/a/b.jsa"))))
                .contains("-XX:SharedArchiveFile=/a/b.jsa");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xshare:off", "-XX:SharedArchiveFile=my.jsa", "-XX:AOTCache=my.aot", "@my.args"})
    void leavesTheArchiveToTheUserWhoNamesAnother(String argument) {
        assertThat(JvmCommandLine.of(
                        java, settings(argument), options, SHARE, DIRECTORY, Optional.of(Path.of("/a/b.jsa"))))
                .noneMatch(word -> word.contains("/a/b.jsa"));
    }

    @Test
    void leavesTheArchiveToTheUserWhoNamesAnotherInTheEnvironment() {
        WorkerOptions named = options.withEnvironment("JAVA_TOOL_OPTIONS", "-Da=1 -XX:AOTMode=off");
        assertThat(JvmCommandLine.of(java, settings(), named, SHARE, DIRECTORY, Optional.of(Path.of("/a/b.jsa"))))
                .noneMatch(word -> word.contains("/a/b.jsa"));
    }

    @Test
    void allowsUnsafeMemoryAccessWhereTheJvmWarnsOfItOnly(@TempDir Path home) throws Exception {
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"24.0.1\"\n");
        assertThat(JvmFlags.of(new JavaHome(home), List.of())).contains("--sun-misc-unsafe-memory-access=allow");

        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        assertThat(JvmFlags.of(new JavaHome(home), List.of()))
                .noneMatch(argument -> argument.contains("unsafe-memory-access"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void writesPathsThatTheJavaLauncherReadsAsTheyAre(@TempDir Path folder) throws Exception {
        CodeEntries code = new CodeEntries(
                List.of(Path.of("/a b/c.jar")),
                List.of(Path.of("/quote\"d/back\\slash.jar"), Path.of("/it's #1/d.jar")));
        ModulePath modules = new ModulePath(List.of(Path.of("/my modules")), Set.of("java.sql", "java.xml"));
        Path argumentFile = folder.resolve("a file.args");
        Files.writeString(
                argumentFile,
                JvmCommandLine.argumentFile(code, modules, List.of("--add-opens=java.base/java.lang=ALL-UNNAMED")));

        Process launched = new ProcessBuilder(
                        java.executable().toString(), "-XshowSettings:properties", "@" + argumentFile, "-version")
                .redirectErrorStream(true)
                .start();
        String printed = new String(launched.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(printed)
                .containsSubsequence("java.class.path =", "/a b/c.jar", "/quote\"d/back\\slash.jar", "/it's #1/d.jar")
                .contains("jdk.module.path = /my modules", "OpenJDK");
    }

    @Test
    void leavesOutPathsThatAreEmpty() {
        CodeEntries none = new CodeEntries(List.of(), List.of());

        assertThat(JvmCommandLine.argumentFile(none, new ModulePath(List.of(), Set.of()), List.of()))
                .isBlank();
    }

    private LaunchSettings settings(String... jvmArguments) {
        return new LaunchSettings(
                java.home(),
                List.of(jvmArguments),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Path.of("code"));
    }

    private List<String> of(LaunchSettings settings, WorkerOptions workerOptions) {
        return JvmCommandLine.of(java, settings, workerOptions, SHARE, DIRECTORY, Optional.empty());
    }
}
