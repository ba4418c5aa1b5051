package dev.pipelinebox.internal.worker.inprocess;

import akka.actor.typed.ActorSystem;
import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.api.WorkerExit.Cause;
import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.bootstrap.FaultPlan.TaskFault;
import dev.pipelinebox.internal.cluster.ActorSystemSettings;
import dev.pipelinebox.internal.launch.WorkerProcess;
import dev.pipelinebox.internal.os.TimeLimits;
import dev.pipelinebox.internal.worker.TaskRunner;
import dev.pipelinebox.internal.worker.WorkerActor;
import dev.pipelinebox.internal.worker.WorkerEnvironment;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A worker inside the application's process: an actor system and a thread of its own take the place of a process. Its
 * ends, faults included, are simulated: they end these two, and nothing else. Thread-safe.
 */
final class InProcessWorker implements WorkerEnvironment, WorkerProcess {

    private static final int KILLED = 137;
    private static final int CRASHED = 134;
    private static final int OUT_OF_MEMORY = 3;

    private final Bootstrap bootstrap;
    private final ClassLoader loader;
    private final TaskRunner runner;
    private final CompletableFuture<ActorSystem<?>> system = new CompletableFuture<>();

    /** How it ends; the first reason counts. */
    private final CompletableFuture<WorkerExit> end = new CompletableFuture<>();

    private final CompletableFuture<WorkerExit> exit = new CompletableFuture<>();

    private InProcessWorker(Bootstrap bootstrap, ClassLoader loader) {
        this.bootstrap = bootstrap;
        this.loader = loader;
        this.runner = new TaskRunner(bootstrap, this);
    }

    static InProcessWorker start(Bootstrap bootstrap, ClassLoader loader) {
        InProcessWorker worker = new InProcessWorker(bootstrap, loader);
        worker.start();
        return worker;
    }

    private void start() {
        runner.start();
        try {
            ActorSystem<?> started = ActorSystemSettings.start(
                    WorkerActor.create(bootstrap, runner, this),
                    bootstrap.settings().process().cluster(),
                    ActorSystemSettings.worker(bootstrap.early()));
            started.getWhenTerminated().whenComplete((done, problem) -> {
                onMasterLost();
                exit.complete(end.join());
            });
            system.complete(started);
        } catch (Throwable unstartable) {
            onUnstartable(unstartable);
            throw unstartable;
        }
    }

    /** A daemon: user code that ignores its end must not keep the application from ending. */
    @Override
    public Thread taskThread(Runnable tasks) {
        Thread thread = new Thread(tasks, TaskRunner.THREAD);
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        return thread;
    }

    @Override
    public void onStopped() {
        end(0, Cause.EXIT_CALLED, "exited with code 0");
    }

    @Override
    public void onUnstartable(Throwable problem) {
        runner.abandon();
    }

    @Override
    public void onMasterLost() {
        end(Bootstrap.MASTER_LOST_EXIT, Cause.KILLED_BY_MASTER, "it ended itself, since it had lost its master");
    }

    @Override
    public void kill(String reason) {
        end(KILLED, Cause.KILLED_BY_MASTER, "killed by the master: " + reason);
    }

    @Override
    public void inject(TaskFault fault) {
        String simulated = " (simulated in process: pipelinebox.test.faults, task " + fault.task() + ")";
        switch (fault.kind()) {
            case CRASH -> end(CRASHED, Cause.NATIVE_CRASH, "the JVM crashed" + simulated);
            case EXIT -> end(fault.exitCode(), Cause.EXIT_CALLED, "exited with code " + fault.exitCode() + simulated);
            case OUT_OF_MEMORY -> end(OUT_OF_MEMORY, Cause.OUT_OF_MEMORY, "out of memory" + simulated);
            case HANG -> hang();
        }
    }

    @Override
    public long pid() {
        return ProcessHandle.current().pid();
    }

    @Override
    public CompletionStage<Void> onEnd() {
        return end.thenAccept(ended -> {});
    }

    @Override
    public CompletionStage<WorkerExit> onExit() {
        return exit;
    }

    /** Its output has no prefix. */
    @Override
    public void assign(int workerIndex) {}

    /** Waits until nothing is left of it, or the time is over; returns whether nothing is left. */
    boolean awaitEnd(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        TimeLimits.complete(exit.thenAccept(ended -> {}), null, timeout).join();
        return runner.awaitEnd(Duration.ofNanos(deadline - System.nanoTime())) && exit.isDone();
    }

    /** Nothing is left of it. */
    boolean isGone() {
        return exit.isDone() && runner.hasEnded();
    }

    private void end(int exitCode, Cause cause, String reason) {
        runner.abandon();
        end.complete(new WorkerExit(pid(), exitCode, cause, reason, "", "", ""));
        CompletionStage<ActorSystem<?>> started = system;
        started.thenAccept(ActorSystem::terminate);
    }

    /** Until the worker is killed, as a process would be: this wait ignores interrupts. */
    private void hang() {
        end.join();
    }
}
