package dev.pipelinebox.examples.service;

import static dev.pipelinebox.examples.service.RunningService.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The service from its archive, in the ways of {@code docs/spring-boot.md}, and its clients over HTTP. */
@TestMethodOrder(OrderAnnotation.class)
class ServiceIT {

    private static final int REQUESTS = 120;
    private static final int CLIENTS = 8;
    private static final int STREAMED = 60;
    private static final int TERMINATED = 128 + 15;
    private static final Duration LONGEST_END = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static RunningService service;

    @BeforeAll
    static void start() throws IOException {
        Path jar = Files.createDirectory(folder.resolve("target")).resolve("check-service.jar");
        Files.copy(Path.of(System.getProperty("service.jar")), jar);
        service = RunningService.start(folder, Page.command("java -jar target/"));
    }

    @AfterAll
    static void close() {
        service.close();
    }

    @Test
    @Order(1)
    void itAnswersTheRequestsOfThePageAsThePageSays() throws Exception {
        assumeThat(curlIsThere()).as("there is a curl").isTrue();
        List<String> answers = Page.blocks("json");
        assertThat(answers).hasSize(3);
        assertThat(curl("/check?")).isEqualTo(JSON.readTree(answers.get(0)));
        assertThat(curl("/check-all")).isEqualTo(JSON.readTree(answers.get(1)));
        assertThat(curl("/actuator/health").at("/components/pipelinebox"))
                .isEqualTo(JSON.readTree(answers.get(2)).at("/components/pipelinebox"));
    }

    @Test
    @Order(2)
    void everyRequestIsAnsweredRightlyThoughAWorkerIsKilled() throws Exception {
        ProcessHandle victim = service.workers().get(0);
        AtomicInteger answered = new AtomicInteger();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<CompletableFuture<Void>> requests = IntStream.range(0, REQUESTS)
                    .mapToObj(number -> CompletableFuture.runAsync(
                            () -> {
                                assertThatItIsAnsweredRightly(service, number);
                                if (answered.incrementAndGet() == REQUESTS / 4) {
                                    victim.destroyForcibly();
                                }
                            },
                            clients))
                    .toList();
            requests.forEach(CompletableFuture::join);
        } finally {
            clients.shutdownNow();
        }
        assertThat(answered).hasValue(REQUESTS);
        assertThat(victim.onExit()).succeedsWithin(PATIENCE);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(service.get("/actuator/health").body())
                        .contains("\"status\":\"UP\"", "\"workersReady\":2"));
    }

    @Test
    @Order(3)
    void whatWasAcceptedIsAnsweredAfterSigterm() throws Exception {
        String sources = IntStream.range(0, STREAMED)
                .mapToObj(number -> "{\"name\": \"C%d.java\", \"text\": \"%s\"}".formatted(number, source(number)))
                .collect(Collectors.joining(",", "[", "]"));
        HttpResponse<Stream<String>> response = HttpClient.newHttpClient()
                .send(service.posting("/check-all", "application/json", sources), BodyHandlers.ofLines());
        Iterator<String> lines = response.body().iterator();
        StringBuilder reports = new StringBuilder(lines.next());

        service.terminate();
        long start = System.nanoTime();
        int count = 1;
        for (; lines.hasNext(); count++) {
            reports.append(lines.next());
        }

        assertThat(count).as(service.log()).isEqualTo(STREAMED);
        assertThat(IntStream.range(0, STREAMED))
                .allSatisfy(number -> assertThat(reports).contains("variable missing" + number + "\\n"));
        assertThat(service.awaitEnd(LONGEST_END.minusNanos(System.nanoTime() - start)))
                .isEqualTo(TERMINATED);
        assertThat(service.log()).contains("Graceful shutdown complete").doesNotContain("MasterClosedException");
    }

    @Test
    @Order(4)
    void theExtractedJarRuns() throws Exception {
        RunningService.run(folder, Page.command("extract --destination"));
        assertThatItRuns(folder, Page.command("java -jar extracted/"));
    }

    /** Each COPY of the page's Dockerfile adds a folder to the image, and its last line starts it. */
    @Test
    @Order(5)
    void theFoldersOfALayeredImageRun() throws Exception {
        RunningService.run(folder, Page.command("extract --layers"));
        Path image = Files.createDirectory(folder.resolve("image"));
        List<String> dockerfile = Page.blocks("dockerfile").get(0).lines().toList();
        for (String line : dockerfile) {
            if (line.startsWith("COPY ")) {
                copy(folder.resolve(line.split(" ")[1]), image);
            }
        }
        String entry = dockerfile.get(dockerfile.size() - 1);
        assertThat(entry).startsWith("ENTRYPOINT ");
        String[] command = JSON.readValue(entry.substring("ENTRYPOINT ".length()), String[].class);
        assertThatItRuns(image, String.join(" ", command));
    }

    private static void assertThatItRuns(Path in, String line) throws Exception {
        try (RunningService other = RunningService.start(in, line)) {
            assertThat(other.workers()).hasSize(2);
            assertThatItIsAnsweredRightly(other, 7);
            other.terminate();
            assertThat(other.awaitEnd(LONGEST_END)).isEqualTo(TERMINATED);
        }
    }

    private static void assertThatItIsAnsweredRightly(RunningService by, int number) {
        try {
            HttpResponse<String> response = by.post("/check?name=C" + number + ".java", "text/plain", source(number));
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(response.body())
                    .startsWith("{\"name\":\"C" + number + ".java\",\"findings\":[{\"kind\":\"ERROR\",\"line\":1,")
                    .contains("variable missing" + number + "\\n");
        } catch (IOException | InterruptedException unanswered) {
            throw new AssertionError("There is no answer", unanswered);
        }
    }

    /** Has one error, which no other one has, and some work for the compiler. */
    private static String source(int number) {
        String methods = IntStream.range(0, 40)
                .mapToObj(i -> "java.util.List<Integer> m%d() { return java.util.List.of(%d); } ".formatted(i, i))
                .collect(Collectors.joining());
        return "class C" + number + " { int x = missing" + number + "; " + methods + "}";
    }

    private static JsonNode curl(String path) throws Exception {
        String line = Page.command(path).replace("localhost:8080", "127.0.0.1:" + service.port());
        Path answer = Files.createTempFile(folder, "answer", ".json");
        RunningService.run(folder, line + " -s -o " + answer);
        return JSON.readTree(Files.readString(answer));
    }

    private static boolean curlIsThere() throws Exception {
        return new ProcessBuilder("sh", "-c", "command -v curl").start().waitFor() == 0;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
