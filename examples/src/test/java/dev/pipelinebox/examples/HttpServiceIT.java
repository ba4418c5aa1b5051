package dev.pipelinebox.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.api.WorkerHandle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The service and its clients, over HTTP. The worker is killed first, while all are there. */
@TestMethodOrder(OrderAnnotation.class)
class HttpServiceIT {

    private static final int REQUESTS = 200;
    private static final int CLIENTS = 16;
    private static final int MOST_UNANSWERED = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    /** Takes twice as long for each letter more. */
    private static final String BACKTRACKING = "(a+)+\\1b";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static HttpService service;
    private static String text;

    @BeforeAll
    static void start() throws IOException {
        service = new HttpService(0, 2, MOST_UNANSWERED, DEADLINE);
        try (Stream<Path> files = Files.list(Program.ROOT.resolve("core/src/main/java/dev/pipelinebox/api"))) {
            text = files.map(HttpServiceIT::read).collect(Collectors.joining());
        }
        for (WorkerHandle worker : service.workers) {
            worker.ready().toCompletableFuture().join();
        }
    }

    @AfterAll
    static void closingAnswersWhatRunsAndTakesNoMore() {
        awaitWorkers();
        awaitUnanswered(0);
        awaitNoneRunning();
        CompletableFuture<HttpResponse<String>> running =
                CLIENT.sendAsync(request(BACKTRACKING, "a".repeat(22) + "c"), BodyHandlers.ofString());
        awaitRunning(running);

        service.close();

        assertThat(running.join().statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> send("a", "a")).isInstanceOf(IOException.class);
        assertThat(service.workers)
                .extracting(WorkerHandle::pid)
                .allSatisfy(pid -> assertThat(ProcessHandle.of(pid)).isEmpty());
    }

    @Test
    @Order(1)
    void everyRequestIsAnsweredAndRightlyThoughAWorkerIsKilled() {
        ProcessHandle victim = ProcessHandle.of(service.workers.get(0).pid()).orElseThrow();
        AtomicInteger answered = new AtomicInteger();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<CompletableFuture<Void>> requests = IntStream.range(0, REQUESTS)
                    .mapToObj(number -> CompletableFuture.runAsync(
                            () -> {
                                sendUntilTaken(number);
                                if (answered.incrementAndGet() == REQUESTS / 3) {
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
    }

    @Test
    @Order(3)
    void aSearchPastTheDeadlineIsAnsweredAndTheServiceGoesOn() throws Exception {
        HttpResponse<String> tooLong = send(BACKTRACKING, "a".repeat(60) + "c");
        awaitWorkers();
        HttpResponse<String> next = send("c$", "abc\nabcd\nac");

        assertThat(tooLong.statusCode()).isEqualTo(504);
        assertThat(tooLong.body()).contains("not finished within 5000 ms");
        assertThat(next.statusCode()).isEqualTo(200);
        assertThat(next.body()).isEqualTo("abc\nac\n");
    }

    @Test
    @Order(4)
    void whoWaitsInTheQueueWaitsNoLongerThanTheDeadlineInAllAndOneTooManyIsRefused() throws Exception {
        List<CompletableFuture<Duration>> searches = IntStream.range(0, MOST_UNANSWERED)
                .mapToObj(number -> CompletableFuture.supplyAsync(
                        () -> {
                            long start = System.nanoTime();
                            HttpResponse<String> response = sendUnchecked(BACKTRACKING, "a".repeat(60) + "c");
                            assertThat(response.statusCode()).isEqualTo(504);
                            return Duration.ofNanos(System.nanoTime() - start);
                        },
                        search -> new Thread(search, "search").start()))
                .toList();

        awaitUnanswered(MOST_UNANSWERED);
        HttpResponse<String> oneTooMany = send("a", "a");
        List<Duration> taken =
                searches.stream().map(CompletableFuture::join).sorted().toList();

        assertThat(oneTooMany.statusCode()).isEqualTo(503);
        assertThat(oneTooMany.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(taken.get(MOST_UNANSWERED - 1))
                .as("who waited, compared with who had a worker at once")
                .isLessThan(taken.get(0).plus(DEADLINE));
    }

    @Test
    @Order(2)
    void aBadRequestIsToldWhatIsWrong() throws Exception {
        HttpResponse<String> unclosed = send("(", text);
        assertThat(unclosed.statusCode()).isEqualTo(400);
        assertThat(unclosed.body()).contains("Unclosed group");

        HttpResponse<String> tooLarge = send("a", "a".repeat(1024 * 1024 + 1));
        assertThat(tooLarge.statusCode()).isEqualTo(413);

        HttpRequest get = HttpRequest.newBuilder(request("a", "").uri()).build();
        assertThat(CLIENT.send(get, BodyHandlers.ofString()).statusCode()).isEqualTo(400);
    }

    /** Comes again as often as it is told to; the search finds what no other one does. */
    private static void sendUntilTaken(int number) {
        String mine = text + "request number " + number + "\n";
        String regex = "class \\w+|number " + number + "$";
        for (int refusals = 0; refusals < 100; refusals++) {
            HttpResponse<String> response = sendUnchecked(regex, mine);
            if (response.statusCode() != 503) {
                assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
                assertThat(response.body())
                        .isEqualTo(lines(mine, Pattern.compile(regex).asPredicate()));
                return;
            }
            await(Long.parseLong(response.headers().firstValue("Retry-After").orElseThrow()));
        }
        throw new AssertionError("Request " + number + " was refused a hundred times");
    }

    private static void awaitUnanswered(int count) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (service.unanswered.getRegisteredParties() != 1 + count) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** Processes that were killed at a deadline have been replaced. */
    private static void awaitWorkers() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (sendUnchecked("a", "a").statusCode() != 200) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }

    /** A task is counted as running for a moment after its request was answered. */
    private static void awaitNoneRunning() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (service.master.status().running() > 0) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** A request that is only registered when the service is closed is refused. */
    private static void awaitRunning(CompletableFuture<?> request) {
        while (service.master.status().running() == 0 && !request.isDone()) {
            Thread.onSpinWait();
        }
    }

    private static void await(long seconds) {
        CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS))
                .join();
    }

    private static String lines(String of, Predicate<String> which) {
        return of.lines().filter(which).map(line -> line + "\n").collect(Collectors.joining());
    }

    private static HttpResponse<String> sendUnchecked(String regex, String body) {
        try {
            return send(regex, body);
        } catch (IOException | InterruptedException unanswered) {
            throw new AssertionError("There is no answer", unanswered);
        }
    }

    private static HttpResponse<String> send(String regex, String body) throws IOException, InterruptedException {
        return CLIENT.send(request(regex, body), BodyHandlers.ofString());
    }

    private static HttpRequest request(String regex, String body) {
        try {
            return HttpRequest.newBuilder(new URI("http", null, "127.0.0.1", service.port(), "/search", regex, null))
                    .timeout(Duration.ofMinutes(1))
                    .POST(BodyPublishers.ofString(body))
                    .build();
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
