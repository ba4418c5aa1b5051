package dev.pipelinebox.it;

import dev.pipelinebox.api.TaskContext;
import dev.pipelinebox.api.Worker;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Leaves traces in static variables, which a test can see only if it is in the same process. */
public final class TracingWorker implements Worker<String, Object> {

    public record Parameters(String name) {}

    static final List<String> TRACES = new CopyOnWriteArrayList<>();
    static volatile CountDownLatch started = new CountDownLatch(1);
    static volatile CountDownLatch letGo = new CountDownLatch(1);
    static volatile CountDownLatch bothHere = new CountDownLatch(2);

    private final Parameters parameters;
    private boolean healthy = true;

    public TracingWorker(Parameters parameters) {
        this.parameters = parameters;
        TRACES.add("built " + parameters.name());
    }

    static void forget() {
        TRACES.clear();
        started = new CountDownLatch(1);
        letGo = new CountDownLatch(1);
        bothHere = new CountDownLatch(2);
    }

    @Override
    public Object runTask(String argument) throws Exception {
        TaskContext task = TaskContext.current();
        switch (argument) {
            case "who" -> {
                return parameters.name();
            }
            case "meet" -> {
                bothHere.countDown();
                bothHere.await();
                return parameters.name();
            }
            case "unwritable" -> {
                return new Object();
            }
            case "attempt" -> {
                return task.attempt();
            }
            case "progress" -> {
                task.progress(0.5, "half of it");
                started.countDown();
                letGo.await();
            }
            case "feel unwell" -> healthy = false;
            case "wait" -> waitForInterrupt(task);
            case "ignore interrupts" -> ignoreInterrupts();
            default -> Thread.sleep(Long.parseLong(argument));
        }
        return argument;
    }

    @Override
    public boolean isHealthy() {
        return healthy;
    }

    @Override
    public void close() {
        TRACES.add("closed " + parameters.name());
    }

    private static void waitForInterrupt(TaskContext task) throws InterruptedException {
        started.countDown();
        try {
            letGo.await();
        } catch (InterruptedException interrupted) {
            TRACES.add("interrupted, cancelled: " + task.isCancelled());
            throw interrupted;
        }
    }

    private static void ignoreInterrupts() {
        started.countDown();
        while (letGo.getCount() > 0) {
            try {
                letGo.await();
            } catch (InterruptedException ignored) {
                Thread.interrupted();
            }
        }
    }
}
