package dev.pipelinebox.environments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pipelinebox.environments.program.Report;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A servlet container in a process of its own.
 *
 * @param process its process
 * @param output what it prints
 * @param port where it listens
 */
record RunningContainer(Process process, Path output, int port) implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    /** While an application is deployed or undeployed. */
    private static final Set<Integer> ABSENT = Set.of(NOT_FOUND, UNAVAILABLE);

    /**
     * Starts it.
     *
     * @param port how it tells its port
     */
    static RunningContainer start(Launch launch, Pattern port) throws IOException {
        Path output = Launch.output();
        Process process = launch.start(output);
        try {
            await().atMost(LONGEST)
                    .until(() -> !process.isAlive()
                            || port.matcher(Files.readString(output)).find());
            Matcher found = port.matcher(Files.readString(output));
            assertThat(found.find()).as(Files.readString(output)).isTrue();
            return new RunningContainer(process, output, Integer.parseInt(found.group(1)));
        } catch (Throwable failed) {
            end(process);
            throw failed;
        }
    }

    /** Tells it something over its standard input. */
    void tell(String line) throws IOException {
        Writer input = process.outputWriter();
        input.write(line + "\n");
        input.flush();
    }

    /** The report of the application with this path, once it is deployed. */
    Report awaitReport(String application) throws IOException, InterruptedException {
        await(application)
                .atMost(LONGEST)
                .until(() -> !ABSENT.contains(get(application).statusCode()));
        HttpResponse<String> response = get(application);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(OK);
        return Report.parse(response.body());
    }

    /** What it has printed so far. */
    String printed() throws IOException {
        return Files.readString(output);
    }

    /** Waits until there is no such application any more. */
    void awaitUndeployed(String application) {
        await(application).atMost(LONGEST).until(() -> get(application).statusCode() == NOT_FOUND);
    }

    /** Ends it as an administrator does. */
    void stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(LONGEST.toMinutes(), TimeUnit.MINUTES)).isTrue();
    }

    @Override
    public void close() {
        end(process);
    }

    private HttpResponse<String> get(String application) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + application + "/facts");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
