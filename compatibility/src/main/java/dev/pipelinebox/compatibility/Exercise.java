package dev.pipelinebox.compatibility;

import akka.Version;
import akka.actor.ActorSystem;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import com.fasterxml.jackson.databind.cfg.PackageVersion;
import dev.pipelinebox.Master;
import dev.pipelinebox.MasterBuilder;
import dev.pipelinebox.api.RemoteThrowable;
import dev.pipelinebox.api.Results;
import dev.pipelinebox.api.TaskFailedException;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.WorkerLostException;
import dev.pipelinebox.api.WorkerOptions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import org.slf4j.LoggerFactory;

/**
 * Uses much of the library once. It prints a line for each part that works, and ends with the exception of the first one that
 * does not.
 */
public final class Exercise {

    static final OrderWorker.Parameters PARAMETERS =
            new OrderWorker.Parameters("clerk", Map.of("orders", 7), Duration.ofSeconds(90), Optional.empty());

    private static final int MEBI = 1 << 20;

    private final PrintStream out;
    private final WorkerOptions options;

    private Exercise(PrintStream out, WorkerOptions options) {
        this.out = out;
        this.options = options;
    }

    /**
     * Runs all parts.
     *
     * @param arguments the Java home of the workers, or nothing for that of this program
     */
    public static void main(String[] arguments) {
        WorkerOptions options = arguments.length == 0
                ? WorkerOptions.defaults()
                : WorkerOptions.defaults().withJavaHome(Path.of(arguments[0]));
        Exercise exercise = new Exercise(System.out, options);
        exercise.versionsAndText();
        exercise.orders();
        exercise.passed("all");
    }

    /** What this JVM runs with. */
    static String versions() {
        return "java " + Runtime.version().feature() + ", jackson "
                + PackageVersion.VERSION + ", akka "
                + Version.current() + ", slf4j to "
                + LoggerFactory.getILoggerFactory().getClass().getName();
    }

    private void versionsAndText() {
        try (Master<String, String> master = Master.of(VersionWorker.class).start()) {
            master.addWorker(null, options);
            passed("caller with " + versions());
            passed("worker with " + master.ask("").toCompletableFuture().join());
            String large = "0123456789abcdeß".repeat(MEBI / 16);
            check("1 MiB", large, master.ask(large).toCompletableFuture().join());
        }
    }

    private void orders() {
        MasterBuilder<Order, Order> builder = Master.of(OrderWorker.class);
        try (Master<Order, Order> master = builder.start()) {
            master.addWorker(PARAMETERS, options);
            Order order = Order.sample(1);
            check(
                    "records",
                    order.closed(),
                    master.ask(order).toCompletableFuture().join());
            check("a run", expected(500), inOrder(master.runAll(orders(500))));
            check("a broadcast", List.of(order.closed()), inOrder(master.broadcast(order)));
            check("a stream", expected(50), throughAkka(master, 50));
            failure(master);
            lostWorker(master);
            check(
                    "a new worker",
                    order.closed(),
                    master.ask(order).toCompletableFuture().join());
        }
    }

    private static List<Order> orders(long count) {
        return LongStream.range(0, count).mapToObj(Order::sample).toList();
    }

    private static List<Order> expected(long count) {
        return orders(count).stream().map(Order::closed).toList();
    }

    private static List<Order> inOrder(Results<Order> results) {
        return results.inOrder().stream().map(TaskResult::value).toList();
    }

    private static List<Order> throughAkka(Master<Order, Order> master, long count) {
        ActorSystem system = ActorSystem.create("streams");
        try {
            return Source.from(orders(count))
                    .via(master.flow())
                    .map(TaskResult::value)
                    .runWith(Sink.seq(), system)
                    .toCompletableFuture()
                    .join()
                    .stream()
                    .sorted(Comparator.comparingLong(Order::number))
                    .toList();
        } finally {
            system.terminate();
        }
    }

    private void failure(Master<Order, Order> master) {
        Throwable failed = failureOf(master, OrderWorker.FAILS);
        if (!(failed instanceof TaskFailedException failure)) {
            throw new IllegalStateException("not a failure", failed);
        }
        check("a failure", IllegalStateException.class.getName() + " not now", text(failure));
        check("its cause", List.of(UnsupportedOperationException.class.getName() + ": never"), causes(failure));
    }

    private static String text(TaskFailedException failure) {
        return failure.remoteClass() + " " + failure.remoteMessage();
    }

    private static List<String> causes(TaskFailedException failure) {
        return failure.remoteCauses().stream().map(RemoteThrowable::toString).toList();
    }

    private void lostWorker(Master<Order, Order> master) {
        Throwable lost = failureOf(master, OrderWorker.EXITS);
        check("a lost worker", WorkerLostException.class, lost.getClass());
    }

    private static Throwable failureOf(Master<Order, Order> master, long number) {
        try {
            master.ask(Order.sample(number), TaskOptions.defaults().withMaxAttempts(1))
                    .toCompletableFuture()
                    .join();
            throw new IllegalStateException("task " + number + " has succeeded");
        } catch (CompletionException failed) {
            return Objects.requireNonNullElse(failed.getCause(), failed);
        }
    }

    private void check(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new IllegalStateException(what + ": expected " + expected + " but got " + actual);
        }
        passed(what);
    }

    private void passed(String what) {
        out.println("passed: " + what);
    }
}
