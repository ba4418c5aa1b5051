package dev.pipelinebox.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program as process 1 of its own namespaces, as a container's engine starts it. It is ended when this is closed. */
final class Container implements AutoCloseable {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
    private static final String REPLY = "reply ";

    /**
     * Under which conditions a program runs.
     *
     * @param root the folder that it sees as its file system
     * @param access "ro" or "rw"
     * @param user the number of the user, who has no name
     * @param sharedMemory the size of /dev/shm, or "none"
     * @param cgroup limits its memory
     * @param processors which it may use, or "all"
     */
    record Conditions(
            Path root, String access, int user, String sharedMemory, Optional<MemoryCgroup> cgroup, String processors) {

        /** As root, with a file system that can be written, as where an image is built. */
        static Conditions ofBuild(Path root) {
            return new Conditions(root, "rw", 0, "none", Optional.empty(), "all");
        }
    }

    private final Process outer;
    private final PrintStream requests;
    private final BlockingQueue<String> replies = new LinkedBlockingQueue<>();
    private final StringBuffer output = new StringBuffer();

    private Container(Process outer) {
        this.outer = outer;
        this.requests = new PrintStream(outer.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "container-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Why there can be no containers here, or nothing. */
    static Optional<String> obstacle() {
        if (!System.getProperty("user.name").equals("root")) {
            return Optional.of("only root can make namespaces with file systems of their own");
        }
        try {
            Process trial = new ProcessBuilder(
                            "unshare", "--mount", "--pid", "--fork", "--uts", "--ipc", "setpriv", "true")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(trial.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return trial.waitFor() == 0 ? Optional.empty() : Optional.of("no namespaces can be made here: " + said);
        } catch (IOException noSuchProgram) {
            return Optional.of("no namespaces can be made here: " + noSuchProgram.getMessage());
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    static Container start(Conditions conditions, List<String> command) throws IOException {
        List<String> whole = new ArrayList<>();
        if (!conditions.processors().equals("all")) {
            whole.addAll(List.of("taskset", "-c", conditions.processors()));
        }
        whole.addAll(List.of("unshare", "--mount", "--pid", "--fork", "--uts", "--ipc", "--kill-child"));
        whole.addAll(List.of("sh", script().toString(), conditions.root().toString(), conditions.access()));
        whole.addAll(List.of("" + conditions.user(), conditions.sharedMemory()));
        whole.add(conditions.cgroup().map(group -> group.folder().toString()).orElse("none"));
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", JAVA_HOME.resolve("bin") + ":/usr/sbin:/usr/bin:/sbin:/bin");
        if (conditions.access().equals("rw")) {
            builder.environment().put("BUILD_FOLDERS", "etc " + JAVA_HOME.getName(0));
        }
        return new Container(builder.start());
    }

    private static Path script() {
        return Path.of("src/test/resources/dev/pipelinebox/containers/container.sh")
                .toAbsolutePath();
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(outer.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                if (line.startsWith(REPLY)) {
                    replies.add(line.substring(REPLY.length()));
                }
            }
        } catch (IOException ended) {
            output.append(ended).append('\n');
        }
    }

    /** Sends a request to the service and waits for the reply. */
    String ask(String request) throws InterruptedException {
        requests.println(request);
        return reply();
    }

    String reply() throws InterruptedException {
        long end = System.nanoTime() + LONG.toNanos();
        String reply = null;
        while (reply == null && System.nanoTime() < end && (outer.isAlive() || !replies.isEmpty())) {
            reply = replies.poll(100, TimeUnit.MILLISECONDS);
        }
        assertThat(reply).as("a reply after %s", output).isNotNull();
        return reply;
    }

    /** Waits until the program ends by itself, and gives what it has printed. */
    String end() throws InterruptedException {
        assertThat(outer.waitFor(LONG.toSeconds(), TimeUnit.SECONDS))
                .as(output())
                .isTrue();
        assertThat(outer.exitValue()).as(output()).isZero();
        return output();
    }

    /** Sends SIGTERM to process 1, and to no other. */
    int terminate(Duration longest) throws InterruptedException {
        assertThat(first().destroy()).isTrue();
        assertThat(outer.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS))
                .as("ended within %s after %s", longest, output)
                .isTrue();
        return outer.exitValue();
    }

    /** Process 1, as it is seen from outside. */
    ProcessHandle first() {
        return outer.children().findFirst().orElseThrow();
    }

    /** Its children that have ended and that nobody has asked how. */
    List<String> zombies() {
        return first().children()
                .map(child -> Path.of("/proc/" + child.pid() + "/stat"))
                .map(Container::text)
                .filter(stat -> stat.matches("(?s).*\\) Z .*"))
                .map(stat -> stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')')))
                .toList();
    }

    /** The class-data archives that its JVMs have mapped, by the last part of their names. */
    List<String> archives() {
        return Stream.concat(Stream.of(first()), first().children())
                .map(process -> text(Path.of("/proc/" + process.pid() + "/maps")))
                .flatMap(maps -> maps.lines()
                        .filter(line -> line.matches(".*/app/.*\\.jsa$") && !line.contains("/java/"))
                        .map(line -> line.substring(line.lastIndexOf('/') + 1))
                        .distinct())
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (UncheckedIOException | IOException gone) {
            return "";
        }
    }

    String output() {
        return output.toString();
    }

    @Override
    public void close() {
        List<ProcessHandle> all = outer.descendants().toList();
        outer.destroyForcibly();
        await().atMost(LONG).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }
}
