package dev.pipelinebox.containers;

import dev.pipelinebox.api.Worker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What the service does in processes of their own. */
public final class ServiceWorker implements Worker<String, String> {

    /** Long enough for all workers to hold their memory at the same time. */
    private static final long HOLD_MILLIS = 300;

    /** Builds the worker. */
    public ServiceWorker() {}

    @Override
    public String runTask(String request) throws IOException, InterruptedException {
        return switch (request) {
            case "pid" -> String.valueOf(ProcessHandle.current().pid());
            case "heap" -> String.valueOf(Runtime.getRuntime().maxMemory());
            case "processors" -> String.valueOf(Runtime.getRuntime().availableProcessors());
            case "fill" -> fill();
            case "orphan" -> orphan();
            case "exit" -> {
                Runtime.getRuntime().halt(7);
                yield "";
            }
            default -> request.toUpperCase(Locale.ROOT);
        };
    }

    private static String fill() throws InterruptedException {
        List<byte[]> held = Heap.fill();
        TimeUnit.MILLISECONDS.sleep(HOLD_MILLIS);
        return Runtime.getRuntime().maxMemory() + " held " + held.size();
    }

    /** Starts a process whose parent ends at once, and tells its id. */
    private static String orphan() throws IOException, InterruptedException {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 1000 > /dev/null & echo $!").start();
        String pid = new String(parent.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        parent.waitFor();
        return pid;
    }
}
