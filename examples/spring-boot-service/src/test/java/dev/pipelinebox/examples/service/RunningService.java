package dev.pipelinebox.examples.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The service in a process of its own, started by a line of a shell. */
final class RunningService implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final String WORKER_MAIN = "dev.pipelinebox.internal.worker.WorkerMain";

    /** Every process that a worker starts inherits it. */
    private static final String MARK =
            "PIPELINEBOX_WORKER=" + ProcessHandle.current().pid() + ".service";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final Path log;
    private final int port;

    private RunningService(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.port = await().atMost(PATIENCE).until(this::portInLog, found -> found > 0);
    }

    /** Starts it on a free port. Its files are in the folder. */
    static RunningService start(Path folder, String line) throws IOException {
        Path log = Files.createTempFile(folder, "service", ".log");
        return new RunningService(shell(folder, line, log), log);
    }

    /** Runs a line of a shell, in which {@code java} is the Java of this test, to its end. */
    static void run(Path folder, String line) throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "command", ".log");
        Process process = shell(folder, line, log);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Page.read(log)).isZero();
    }

    private static Process shell(Path folder, String line, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "exec " + line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.merge(
                "PATH", JAVA_HOME.resolve("bin").toString(), (path, java) -> java + File.pathSeparator + path);
        String[] mark = MARK.split("=");
        environment.put(mark[0], mark[1]);
        environment.put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
        environment.put("SPRING_APPLICATION_JSON", """
                {"server.port": 0,
                 "pipelinebox.config.worker.class-data-archive.enabled": false,
                 "pipelinebox.config.worker.code-cache.directory": "%s"}""".formatted(folder.resolve("cache")));
        return builder.start();
    }

    private int portInLog() {
        String text = Page.read(log);
        assertThat(process.isAlive()).as(text).isTrue();
        Matcher found = PORT.matcher(text);
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }

    String log() {
        return Page.read(log);
    }

    int port() {
        return port;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String type, String body) throws IOException, InterruptedException {
        return client.send(posting(path, type, body), BodyHandlers.ofString());
    }

    HttpRequest posting(String path, String type, String body) {
        return request(path)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE);
    }

    List<ProcessHandle> workers() {
        return process.descendants()
                .filter(child ->
                        child.info().arguments().stream().flatMap(Stream::of).anyMatch(WORKER_MAIN::equals))
                .toList();
    }

    /** Asks it to end, and does not wait. */
    void terminate() {
        process.destroy();
    }

    /** Its exit code, once it has ended and left no process. */
    int awaitEnd(Duration longest) throws InterruptedException {
        assertThat(process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS))
                .as(log())
                .isTrue();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ProcessHandle.allProcesses().filter(RunningService::isMarked))
                        .isEmpty());
        return process.exitValue();
    }

    private static boolean isMarked(ProcessHandle process) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc", String.valueOf(process.pid()), "environ"));
            return ("\0" + new String(environment, StandardCharsets.ISO_8859_1)).contains("\0" + MARK);
        } catch (IOException goneOrOthersOrNoLinux) {
            return false;
        }
    }

    /** For a test that has failed: kills it, and its workers end by themselves. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
