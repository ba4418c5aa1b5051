package dev.pipelinebox.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.os.ProcessTree;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The archive of the caller's own JVM, with real programs that start one after the other. */
@ExtendWith(NoProcessLeft.class)
@EnabledOnOs(OS.LINUX)
class CallerArchiveIT {

    private static final long LONGEST_LIFE_MINUTES = 5;
    private static final String USES = Runtime.version().feature() >= 25 ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";
    private static final String ADVICE = "add " + USES;

    @TempDir
    private Path directory;

    @Test
    void aProgramIsToldOnceHowItStartsFasterAndLaterThatTheFileItNamesCannotBeWritten() throws Exception {
        assertThat(run(List.of())).containsOnlyOnce(ADVICE).contains(USES + "pipelinebox.jsa");
        Path unwritable = directory.resolve("missing").resolve("caller.jsa");
        assertThat(run(List.of(USES + unwritable)))
                .doesNotContain(ADVICE)
                .contains("result 1", "WARN", unwritable.getParent() + " does not exist", "cannot be made");
    }

    @Test
    void theFileThatTheCommandLineNamesIsMadeAndTheNextStartUsesIt() throws Exception {
        Path archive = directory.resolve("caller.jsa");
        List<String> arguments = List.of(USES + archive);

        assertThat(run(arguments, archive.toString())).doesNotContain(ADVICE).doesNotContain("maps " + archive);
        assertThat(run(List.of(USES + archive, "-Xlog:class+load")))
                .contains("maps " + archive)
                .containsPattern(archived("link.socket.SocketMasterLink"))
                .containsPattern(archived("runtime.ClusterSystem"));
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files)
                    .as("nothing is left beside it")
                    .containsExactlyInAnyOrder(
                            archive, directory.resolve("caller.jsa.fingerprint"), cache(), temporary());
        }
        assertThat(temporary()).isEmptyDirectory();
    }

    private static String archived(String type) {
        return "dev.pipelinebox.internal." + type + " source: shared objects file";
    }

    private Path cache() {
        return directory.resolve("cache");
    }

    private Path temporary() {
        return directory.resolve("tmp");
    }

    /** Runs a program that starts a master and closes it when the archive of the workers, and this file, are there. */
    private String run(List<String> jvmArguments, String... files) throws IOException, InterruptedException {
        Files.createDirectories(temporary());
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Dpipelinebox.worker.class-data-archive.directory=" + cache());
        command.add("-Djava.io.tmpdir=" + temporary());
        command.add("-Dlogback.configurationFile=info.xml");
        command.addAll(jvmArguments);
        command.addAll(List.of("-cp", jarsFirst(), CallerProgram.class.getName(), "archive", cache().toString()));
        command.addAll(List.of(files));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put(ProcessTree.VARIABLE, NoProcessLeft.MARK);
        Process program = builder.start();
        CompletableFuture.delayedExecutor(LONGEST_LIFE_MINUTES, TimeUnit.MINUTES)
                .execute(program::destroyForcibly);
        String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor()).as(output).isZero();
        return output;
    }

    private static String jarsFirst() {
        List<String> entries = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
        return Stream.concat(
                        entries.stream().filter(entry -> entry.endsWith(".jar")),
                        entries.stream().filter(entry -> !entry.endsWith(".jar")))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
