package dev.pipelinebox.containers;

import dev.pipelinebox.Master;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.WorkerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;

/**
 * A service with a pool of workers. It reads requests from standard input, a line each, and prints a reply to each. It runs
 * until it is told to end by a signal.
 */
public final class Service {

    /** More than a container has that is limited to some hundred MiB. */
    private static final long TOO_LARGE_A_HEAP = 4L << 30;

    private final PrintStream out;
    private final Master<String, String> master;

    private Service(PrintStream out, Master<String, String> master) {
        this.out = out;
        this.master = master;
    }

    /**
     * Runs the service.
     *
     * @param arguments how many workers it has
     * @throws IOException if standard input cannot be read
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (Master<String, String> master = Master.of(ServiceWorker.class).start()) {
            master.addWorkers(Integer.parseInt(arguments[0]));
            new Service(System.out, master).serve();
            new CountDownLatch(1).await();
        }
    }

    private void serve() throws IOException {
        reply("started " + master.ask("ready").toCompletableFuture().join());
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String request = requests.readLine(); request != null; request = requests.readLine()) {
            reply(answer(request));
        }
    }

    private void reply(String text) {
        out.println("reply " + text.replace('\n', ' '));
        out.flush();
    }

    private String answer(String request) {
        return switch (request) {
            case "fill" -> fill();
            case "own heap" -> String.valueOf(Runtime.getRuntime().maxMemory());
            case "outgrow" -> outgrow();
            default -> request.startsWith("all ") ? askAll(request.substring(4)) : ask(master, request);
        };
    }

    private static String ask(Master<String, String> master, String request) {
        try {
            return master.ask(request, TaskOptions.defaults().withMaxAttempts(1))
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException failed) {
            return String.valueOf(failed.getCause());
        }
    }

    private String askAll(String request) {
        List<String> answers = new ArrayList<>();
        for (TaskResult<String> result : master.broadcast(request)) {
            answers.add(result.isSuccess() ? result.value() : "failed");
        }
        return String.join(",", answers);
    }

    /** Fills the heap of this JVM while the workers fill theirs. */
    private String fill() {
        List<byte[]> held = Heap.fill();
        String answers = askAll("fill");
        return Runtime.getRuntime().maxMemory() + "," + answers + " held " + held.size();
    }

    /** A worker that takes more memory than there is. */
    private static String outgrow() {
        try (Master<String, String> second = Master.of(ServiceWorker.class).start()) {
            second.addWorker(null, WorkerOptions.defaults().withHeap(TOO_LARGE_A_HEAP));
            return ask(second, "fill");
        } catch (PipelineBoxException failed) {
            return failed.toString();
        }
    }
}
