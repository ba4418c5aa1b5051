package dev.pipelinebox.internal.worker;

import dev.pipelinebox.api.Worker;
import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.codec.FailureReport;
import dev.pipelinebox.internal.codec.FailureReport.Kind;
import dev.pipelinebox.internal.codec.ParametersCodec;
import dev.pipelinebox.internal.codec.PayloadCodec;
import dev.pipelinebox.internal.codec.ReportCodec;
import dev.pipelinebox.internal.codec.WorkerClass;
import dev.pipelinebox.internal.os.ResidentMemory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The task thread: it builds the user's worker, runs task after task, and closes it at the end. All user
 * code runs here and nothing else does, so that it can be interrupted while the actor answers.
 */
public final class TaskRunner {

    /** The name of the thread. */
    public static final String THREAD = "pipelinebox-tasks";

    private final Bootstrap bootstrap;
    private final FaultInjector faults;
    private final Thread thread;
    private final WorkerQueue queue;
    private final OutcomeBuffer outcomes;
    private final RecyclePolicy recycling;
    private final CompletableFuture<Optional<FailureReport>> built = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile Runnable onOutcomes = () -> {};
    private volatile boolean abandoned;

    public TaskRunner(Bootstrap bootstrap, WorkerEnvironment environment) {
        this.bootstrap = bootstrap;
        this.faults = new FaultInjector(bootstrap.settings().faults(), environment);
        this.thread = environment.taskThread(this::run);
        this.queue = new WorkerQueue(bootstrap.index());
        this.outcomes = new OutcomeBuffer(
                new DemandEstimator(bootstrap.settings().demand()),
                bootstrap.settings().demand().maxBytes());
        this.recycling = new RecyclePolicy(
                bootstrap.settings().recycling(),
                System.nanoTime(),
                ThreadLocalRandom.current().nextDouble(),
                ResidentMemory::bytes);
    }

    public void start() {
        thread.start();
    }

    /** The worker was killed: its thread is interrupted, and no outcome leaves it any more. */
    public void abandon() {
        abandoned = true;
        queue.stop(true);
        outcomes.abandon();
        if (thread != Thread.currentThread()) {
            thread.interrupt();
        }
    }

    /** Waits for the end of the thread, which does not come if user code goes on although it was interrupted. */
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        thread.join(Math.max(1, patience.toMillis()));
        return hasEnded();
    }

    public boolean hasEnded() {
        return !thread.isAlive();
    }

    /** Completes when the user's worker is built: empty, or with what prevented it. */
    CompletionStage<Optional<FailureReport>> built() {
        return built;
    }

    /** Completes when the last task has ended and the user's worker is closed. */
    CompletionStage<Void> closed() {
        return closed;
    }

    /** Sets what runs when it is time to send outcomes; to be set before the first task is added. */
    void onOutcomes(Runnable listener) {
        onOutcomes = listener;
    }

    WorkerQueue queue() {
        return queue;
    }

    OutcomeBuffer outcomes() {
        return outcomes;
    }

    RecyclePolicy recycling() {
        return recycling;
    }

    private void run() {
        try {
            WorkerClass type =
                    WorkerClass.of(Class.forName(bootstrap.workerClass(), true, thread.getContextClassLoader()));
            PayloadCodec codec = new PayloadCodec(type, bootstrap.settings().maxPayloadBytes());
            faults.beforeStart(bootstrap.process());
            Worker<?, ?> worker = type.construct(new ParametersCodec(type).read(bootstrap.parameters()));
            Thread.interrupted();
            built.complete(Optional.empty());
            runTasks(worker, codec);
            if (!abandoned) {
                closeQuietly(worker);
            }
        } catch (Throwable unbuildable) {
            if (!abandoned) {
                built.complete(Optional.of(FailureReport.of(Kind.CONSTRUCTION, unbuildable)));
            }
        } finally {
            if (!abandoned) {
                closed.complete(null);
            }
        }
    }

    /**
     * Where a task follows at once, the end of one is the start of the next, so the clock is read once; a wait for room is
     * no part of either.
     */
    private void runTasks(Worker<?, ?> worker, PayloadCodec codec) {
        boolean followsAtOnce = false;
        long start = 0;
        while (true) {
            try {
                followsAtOnce &= !outcomes.awaitRoom();
                RunningTask task = queue.take();
                if (task == null || faults.inject(task)) {
                    return;
                }
                start = followsAtOnce ? start : System.nanoTime();
                OutcomeBuffer.Ended ended = runTask(worker, codec, task);
                countTask(worker);
                followsAtOnce = queue.finished();
                if (abandoned) {
                    return;
                }
                long end = System.nanoTime();
                if (outcomes.add(task, ended, end - start, !followsAtOnce)) {
                    onOutcomes.run();
                }
                start = end;
            } catch (InterruptedException leftOver) {
                // User code has interrupted its own thread. Seen between two tasks, it belongs to none of them.
                Thread.interrupted();
                followsAtOnce = false;
            }
        }
    }

    /** Before the task's outcome is sent: the time of this, and an interrupt during it, belong to this task. */
    private void countTask(Worker<?, ?> worker) {
        recycling.onTask();
        try {
            if (!worker.isHealthy()) {
                recycling.onUnhealthy();
            }
        } catch (Throwable thrown) {
            LoggerFactory.getLogger(TaskRunner.class)
                    .warn("A worker that throws from isHealthy() counts as unhealthy", thrown);
            recycling.onUnhealthy();
        }
    }

    /** Null is an argument where the user's type allows it. */
    @SuppressWarnings({"unchecked", "NullAway"})
    private static OutcomeBuffer.Ended runTask(Worker<?, ?> worker, PayloadCodec codec, RunningTask task) {
        Kind doing = Kind.ARGUMENT;
        task.enter();
        try {
            Object argument = task.readArgument(codec);
            doing = Kind.TASK;
            Object result = ((Worker<@Nullable Object, @Nullable Object>) worker).runTask(argument);
            doing = Kind.RESULT;
            byte[] payload = codec.writeResult(result);
            return new OutcomeBuffer.Ended(true, payload);
        } catch (Throwable thrown) {
            byte[] report = ReportCodec.write(FailureReport.of(doing, thrown));
            return new OutcomeBuffer.Ended(false, report);
        } finally {
            RunningTask.leave();
        }
    }

    /**
     * What it throws goes where the JVM reports what ends a thread: to the application's handler if it has set one, and
     * otherwise to standard error, which the caller sees even where there is no logging backend.
     */
    private static void closeQuietly(Worker<?, ?> worker) {
        try {
            worker.close();
        } catch (Throwable thrown) {
            Thread self = Thread.currentThread();
            self.getUncaughtExceptionHandler()
                    .uncaughtException(self, new IllegalStateException("Closing the worker failed", thrown));
        }
    }
}
