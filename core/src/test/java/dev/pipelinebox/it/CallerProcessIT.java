package dev.pipelinebox.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.pipelinebox.internal.os.ProcessTree;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the workers when something happens to the caller's process. */
@ExtendWith(NoProcessLeft.class)
class CallerProcessIT {

    private static final int SIGINT = 2;

    /** Then reading its output ends, and the test fails. */
    private static final long LONGEST_LIFE_MINUTES = 5;

    private final List<Process> callers = new ArrayList<>();

    /** A caller that outlives a failed test would hold up the build for ever. */
    @AfterEach
    void endCallers() throws InterruptedException {
        for (Process caller : callers) {
            caller.destroyForcibly().waitFor();
        }
    }

    @Test
    void afterKill9OfTheCallerNoWorkerIsLeftAndNoFile(@TempDir Path directory) throws Exception {
        Process caller = start(List.of("-Djava.io.tmpdir=" + directory), "sleep");
        BufferedReader output = output(caller);
        List<ProcessHandle> workers = workersOf(output);
        awaitLine(output, "result");
        caller.destroyForcibly();
        awaitEndOf(workers);
        assertThat(caller.waitFor()).isEqualTo(137);
        assertThat(pipelineBoxFiles(directory)).isEmpty();
        assertThat(pipelineBoxFiles(Path.of("/dev/shm")))
                .noneMatch(file -> file.getFileName().toString().startsWith("pipelinebox-" + caller.pid() + "-"));
    }

    @Test
    void afterKill9OfTheCallerWorkersThatComputeInALoopAreGoneAsSoon(@TempDir Path directory) throws Exception {
        Process caller = start(List.of(), "compute", directory.toString());
        List<ProcessHandle> workers = workersOf(output(caller));
        await().until(() -> Files.exists(directory.resolve("one")) && Files.exists(directory.resolve("other")));
        assertThat(workers).allMatch(ProcessHandle::isAlive);
        caller.destroyForcibly();
        awaitEndOf(workers);
    }

    @Test
    void ctrlCDeliversWhatIsDoneEndsTheWorkersAndExitsWith130() throws Exception {
        Process caller = start(List.of(), "sleep");
        BufferedReader output = output(caller);
        List<ProcessHandle> workers = workersOf(output);
        awaitLine(output, "result");
        List<String> all = new ArrayList<>();
        for (ProcessHandle process : workers) {
            interrupt(process.pid());
        }
        awaitLine(output, "result");
        interrupt(caller.pid());
        output.lines().forEach(all::add);
        assertThat(caller.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(caller.exitValue()).isEqualTo(130);
        assertThat(workers).noneMatch(ProcessHandle::isAlive);
        assertThat(all.stream().filter("result"::equals).count()).isPositive();
    }

    @Test
    void aSecondCtrlCEndsAllAtOnceWhateverTheTasksDo(@TempDir Path directory) throws Exception {
        Process caller = start(
                List.of("-Dpipelinebox.shutdown.grace=600s", "-Djava.io.tmpdir=" + directory),
                "hang",
                directory.resolve("started").toString());
        BufferedReader output = output(caller);
        List<ProcessHandle> workers = workersOf(output);
        await().until(() -> Files.exists(directory.resolve("started")));
        interrupt(caller.pid());
        awaitLine(output, CallerProgram.IS_ENDING);
        await().during(Duration.ofSeconds(1)).until(caller::isAlive);
        assertThat(workers).anyMatch(ProcessHandle::isAlive);
        interrupt(caller.pid());
        assertThat(caller.waitFor(30, TimeUnit.SECONDS))
                .as("it is over long before the grace is")
                .isTrue();
        assertThat(caller.exitValue()).isEqualTo(130);
        NoProcessLeft.check("a second Ctrl-C");
        assertThat(pipelineBoxFiles(directory)).isEmpty();
    }

    @Test
    void afterKill9OfTheCallerNoGrandchildIsLeftThatHasLostItsParent(@TempDir Path directory) throws Exception {
        Process caller = start(
                List.of("-Djava.io.tmpdir=" + directory),
                "orphan",
                directory.resolve("started").toString());
        workersOf(output(caller));
        await().until(() -> Files.exists(directory.resolve("started")));
        assertThat(NoProcessLeft.living()).anyMatch(process -> process.contains("sleep 600"));
        caller.destroyForcibly();
        await().atMost(CallerProgram.SOON_GONE)
                .until(() -> NoProcessLeft.living().isEmpty());
    }

    @Test
    void aCallerThatStandsStillForTenSecondsComesBackToTheSameWorkersAndNoFalseAlarm() throws Exception {
        Process caller =
                start(List.of("-Dpipelinebox.task.timeout.hard=4s", "-Dpipelinebox.worker.answer-timeout=5s"), "sleep");
        BufferedReader output = output(caller);
        List<ProcessHandle> workers = workersOf(output);
        awaitLine(output, "result");
        signal("STOP", caller.pid());
        await().pollDelay(Duration.ofSeconds(10)).until(() -> true);
        signal("CONT", caller.pid());
        for (int line = 0; line < 10; line++) {
            assertThat(readLine(output)).isEqualTo("result");
        }
        assertThat(workers).allMatch(ProcessHandle::isAlive);
        interrupt(caller.pid());
        assertThat(caller.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void millionsOfElementsNeedNoMoreMemoryThanThousands() throws Exception {
        Process caller = start(List.of("-Xmx64m"), "count", "100000");
        assertThat(output(caller).lines()).containsExactly("sum 5000050000");
        assertThat(caller.waitFor()).isZero();
    }

    @Test
    void aProgramThatExitsWithoutClosingLeavesNoWorker() throws Exception {
        Process caller = start(List.of(), "forget");
        assertThat(output(caller).lines()).containsExactly("sum 5");
        assertThat(caller.waitFor()).isZero();
    }

    private Process start(List<String> jvmArguments, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        String archives = "pipelinebox.worker.class-data-archive.directory";
        command.add("-D" + archives + "=" + System.getProperty(archives));
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Djava.io.tmpdir=" + Path.of("target").toAbsolutePath());
        command.addAll(jvmArguments);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), CallerProgram.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put(ProcessTree.VARIABLE, NoProcessLeft.MARK);
        Process caller = builder.start();
        callers.add(caller);
        CompletableFuture.delayedExecutor(LONGEST_LIFE_MINUTES, TimeUnit.MINUTES)
                .execute(caller::destroyForcibly);
        return caller;
    }

    private static List<Path> pipelineBoxFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("pipelinebox-"))
                    .toList();
        }
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static List<ProcessHandle> workersOf(BufferedReader output) {
        List<ProcessHandle> workers = new ArrayList<>();
        while (workers.size() < 2) {
            String line = readLine(output);
            assertThat(line).startsWith("pid ");
            workers.add(ProcessHandle.of(Long.parseLong(line.substring(4))).orElseThrow());
        }
        return workers;
    }

    private static void awaitEndOf(List<ProcessHandle> workers) {
        await().atMost(CallerProgram.SOON_GONE).until(() -> workers.stream().noneMatch(ProcessHandle::isAlive));
    }

    private static void awaitLine(BufferedReader output, String wanted) {
        String line = readLine(output);
        while (!wanted.equals(line)) {
            assertThat(line).as("the program's output").isNotNull();
            line = readLine(output);
        }
    }

    private static String readLine(BufferedReader output) {
        try {
            return output.readLine();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void interrupt(long pid) throws Exception {
        assumeFalse(
                ignoresInterrupts(pid),
                "a process of a build that a script has started in the background ignores Ctrl-C");
        signal("INT", pid);
    }

    private static boolean ignoresInterrupts(long pid) throws IOException {
        Path status = Path.of("/proc", String.valueOf(pid), "status");
        if (!Files.exists(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> new BigInteger(line.substring("SigIgn:".length()).strip(), 16))
                .anyMatch(ignored -> ignored.testBit(SIGINT - 1));
    }

    private static void signal(String name, long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(pid))
                        .start()
                        .waitFor())
                .isZero();
    }
}
