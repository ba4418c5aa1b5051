package dev.pipelinebox.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.QueueFullException;
import dev.pipelinebox.api.TaskFailedException;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.api.TaskTimeoutException;
import dev.pipelinebox.api.Worker;
import dev.pipelinebox.api.WorkerHandle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Searches texts over HTTP. The reply to {@code POST /search?REGEX} is the lines of its body in which the expression is
 * found. The expression of a client may run for ever. It runs in a worker, which is killed at its limit, and no client
 * waits longer than the deadline, however many wait before it.
 */
public final class HttpService implements AutoCloseable {

    private static final int MOST_BYTES = 1024 * 1024;

    final List<WorkerHandle> workers;
    final Phaser unanswered = new Phaser(1);
    private final ExecutorService threads = Executors.newFixedThreadPool(16);
    private final HttpServer server;
    final Master<Search, String> master;
    private final Duration deadline;
    private final TaskOptions options;
    private volatile boolean closing;

    /** The argument of a task. */
    public record Search(String regex, String text) {}

    /** Searches the lines of texts. */
    public static final class Searcher implements Worker<Search, String> {

        @Override
        public String runTask(Search search) {
            Predicate<String> found = Pattern.compile(search.regex()).asPredicate();
            return search.text().lines().filter(found).map(line -> line + "\n").collect(Collectors.joining());
        }
    }

    HttpService(int port, int workers, int mostUnanswered, Duration deadline) throws IOException {
        this.deadline = deadline;
        this.options = TaskOptions.defaults().withHardTimeout(deadline);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        master = Master.of(Searcher.class)
                .config(ConfigFactory.parseMap(Map.of(
                        "pipelinebox.ask.when-full",
                        "fail",
                        "pipelinebox.ask.max-pending",
                        mostUnanswered,
                        "pipelinebox.worker.spares",
                        1)))
                .completionExecutor(threads)
                .start();
        this.workers = Stream.generate(master::addWorker).limit(workers).toList();
        server.setExecutor(threads);
        server.createContext("/search", this::handle);
        server.start();
    }

    /**
     * Runs the example until Ctrl-C.
     *
     * @param args the port, if not 8080
     */
    public static void main(String[] args) throws IOException {
        int port = args.length == 0 ? 8080 : Integer.parseInt(args[0]);
        HttpService service =
                new HttpService(port, Runtime.getRuntime().availableProcessors(), 100, Duration.ofSeconds(5));
        Runtime.getRuntime().addShutdownHook(new Thread(service::close));
        System.out.println("Try: curl --data-binary @README.md 'http://localhost:" + service.port() + "/search?w.*er'");
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Accepts no more requests, waits for the replies to the accepted ones, and ends the workers. */
    @Override
    public void close() {
        closing = true;
        unanswered.arriveAndAwaitAdvance();
        server.stop(0);
        master.close();
        threads.shutdown();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] text = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        String regex = exchange.getRequestURI().getQuery();
        unanswered.register();
        if (closing) {
            answer(exchange, 503, "This service is being closed");
        } else if (text.length > MOST_BYTES) {
            answer(exchange, 413, "The text has more than " + MOST_BYTES + " bytes");
        } else if (!exchange.getRequestMethod().equals("POST") || regex == null) {
            answer(exchange, 400, "POST a text to /search?REGEX");
        } else {
            ask(new Search(regex, new String(text, StandardCharsets.UTF_8)), exchange);
        }
    }

    private void ask(Search search, HttpExchange exchange) {
        CompletableFuture<String> unused = master.ask(search, options)
                .toCompletableFuture()
                .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS) // the wait for a worker included
                .whenCompleteAsync((lines, error) -> answer(exchange, lines, error), threads);
    }

    private void answer(HttpExchange exchange, @Nullable String lines, @Nullable Throwable error) {
        if (error == null) {
            answer(exchange, 200, lines);
        } else if (error instanceof TimeoutException || error instanceof TaskTimeoutException) {
            answer(exchange, 504, "The search was not finished within " + deadline.toMillis() + " ms");
        } else {
            answer(exchange, status(error), error.getMessage());
        }
    }

    private static int status(Throwable error) {
        if (error instanceof TaskFailedException failed) {
            return failed.remoteClass().equals(PatternSyntaxException.class.getName()) ? 400 : 500;
        }
        boolean later = error instanceof QueueFullException || error instanceof MasterClosedException;
        return later ? 503 : 500;
    }

    private void answer(HttpExchange exchange, int status, @Nullable String text) {
        try (exchange) {
            byte[] body = String.valueOf(text).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            if (status == 503) {
                exchange.getResponseHeaders().set("Retry-After", "1");
            }
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException gone) {
            System.err.println("A client did not wait for its reply: " + gone.getMessage());
        } finally {
            unanswered.arriveAndDeregister();
        }
    }
}
