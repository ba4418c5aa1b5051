package dev.pipelinebox.it;

import static dev.pipelinebox.it.Pools.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pipelinebox.Master;
import dev.pipelinebox.api.WorkerHandle;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What another user of the machine, {@code nobody}, can see of a master and its workers. Runs as root only. */
@EnabledOnOs(OS.LINUX)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherUserIT {

    private static final String SECRET = "hush-4711";
    private static final Duration LONG = Duration.ofMinutes(2);

    /** Keys have 64 such digits, tokens 32. Digests in names of archives are no secret. */
    private static final Pattern KEY_OR_TOKEN = Pattern.compile("(?<![0-9a-f])([0-9a-f]{32}|[0-9a-f]{64})(?![0-9a-f])");

    private Master<String, String> master;
    private long pid;

    @BeforeAll
    void start() throws Exception {
        assumeTrue(
                System.getProperty("user.name").equals("root") && run(List.of("true")) == 0,
                "What another user sees can be tried by root only, with setpriv");
        master = Master.of(Workers.Named.class).start();
        WorkerHandle worker = master.addWorker(new Workers.Named.Parameters(SECRET));
        assertThat(result(master.ask(SECRET))).contains(SECRET);
        pid = worker.pid();
        await().atMost(LONG).until(() -> ListeningPorts.of(pid).size() == 1);
    }

    @AfterAll
    void stop() {
        if (master != null) {
            master.close();
            NoProcessLeft.check(getClass().getSimpleName());
        }
    }

    @Test
    void seesNoSecretOnTheCommandLine() throws IOException {
        String line = Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' ');

        assertThat(line).doesNotContain(SECRET);
        assertThat(KEY_OR_TOKEN.matcher(line.replaceAll("\\S*\\.jsa", "")).results())
                .isEmpty();
    }

    @Test
    void findsNoSecretInTheEnvironment() throws IOException {
        byte[] environment = Files.readAllBytes(Path.of("/proc/" + pid + "/environ"));
        String text = new String(environment, StandardCharsets.ISO_8859_1);

        assertThat(text).doesNotContain(SECRET);
        assertThat(KEY_OR_TOKEN.matcher(text).results()).isEmpty();
    }

    @Test
    void canReadNothingOfTheProcessesButWhatTheSystemShowsOfAll() throws Exception {
        for (long process : List.of(pid, ProcessHandle.current().pid())) {
            for (String file : List.of("environ", "mem", "maps", "io", "auxv")) {
                assertThat(run(List.of("head", "-c", "1", "/proc/" + process + "/" + file)))
                        .as(file)
                        .isNotZero();
            }
            assertThat(run(List.of("ls", "/proc/" + process + "/fd"))).isNotZero();
            assertThat(run(List.of("ls", "/proc/" + process + "/cwd/"))).isNotZero();
        }
    }

    @Test
    void canEnterNoDirectoryOfTheLibrary() throws Exception {
        List<Path> directories = directories();

        assertThat(directories).hasSizeGreaterThanOrEqualTo(2);
        for (Path directory : directories) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS)))
                    .as(directory.toString())
                    .isEqualTo("rwx------");
            assertThat(run(List.of("ls", directory.toString()))).isNotZero();
        }
    }

    @Test
    void cannotReadOrConnectToWhatIsInThem() throws Exception {
        List<Path> files = new ArrayList<>();
        for (Path directory : directories()) {
            try (Stream<Path> all = Files.walk(directory)) {
                all.filter(file -> !Files.isDirectory(file)).forEach(files::add);
            }
        }

        assertThat(files).anyMatch(file -> file.toString().endsWith("workers.args"));
        assertThat(files).anyMatch(OtherUserIT::isSocket);
        for (Path file : files) {
            assertThat(run(List.of("test", "-e", file.toString())))
                    .as(file.toString())
                    .isNotZero();
        }
        for (Path file : files.stream().filter(OtherUserIT::mayBeRead).toList()) {
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(SECRET);
        }
    }

    @Test
    void findsNothingInSharedMemory() throws IOException {
        assertThat(Files.readString(Path.of("/proc/" + pid + "/maps"))).doesNotContain("/dev/shm");
    }

    /** Error files and dumps of a crashed JVM hold what was in its memory. */
    @Test
    void cannotReadWhereACrashedWorkerWritesItsErrorFile() throws IOException {
        String line = Files.readString(Path.of("/proc/" + pid + "/cmdline"));
        Path errorFile = Stream.of(line.split("\0"))
                .filter(argument -> argument.startsWith("-XX:ErrorFile="))
                .map(argument -> Path.of(argument.substring(argument.indexOf('=') + 1)))
                .findFirst()
                .orElseThrow();

        assertThat(directories()).contains(errorFile.getParent());
        assertThat(line).doesNotContain("HeapDump");
    }

    /** Those of this process in the temporary directory and the user's runtime directory. */
    private List<Path> directories() throws IOException {
        List<Path> found = new ArrayList<>();
        String mine = "pipelinebox-" + ProcessHandle.current().pid() + "-";
        for (String root : List.of(
                System.getProperty("java.io.tmpdir"),
                System.getenv().getOrDefault("XDG_RUNTIME_DIR", System.getProperty("java.io.tmpdir")))) {
            try (Stream<Path> all = Files.list(Path.of(root))) {
                all.filter(path -> path.getFileName().toString().startsWith(mine))
                        .filter(path -> !found.contains(path))
                        .forEach(found::add);
            }
        }
        return found;
    }

    /** If this process closed the file that it has locked, it would lose the lock. */
    private static boolean mayBeRead(Path file) {
        return Files.isRegularFile(file) && !file.endsWith("owner");
    }

    private static boolean isSocket(Path file) {
        return !Files.isRegularFile(file);
    }

    /** Runs a command as that user. */
    private static int run(List<String> command) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        whole.addAll(command);
        try {
            Process process = new ProcessBuilder(whole)
                    .redirectErrorStream(true)
                    .redirectOutput(new File("/dev/null"))
                    .start();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return process.exitValue();
        } catch (IOException noSuchProgram) {
            return -1;
        }
    }
}
