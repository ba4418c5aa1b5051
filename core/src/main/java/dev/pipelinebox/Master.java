package dev.pipelinebox;

import akka.NotUsed;
import akka.actor.typed.ActorRef;
import dev.pipelinebox.actor.MasterMessage;
import dev.pipelinebox.api.CallerInterruptedException;
import dev.pipelinebox.api.HostHandle;
import dev.pipelinebox.api.InvalidParametersException;
import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.PoolStatus;
import dev.pipelinebox.api.QuarantinedTask;
import dev.pipelinebox.api.QueueFullException;
import dev.pipelinebox.api.Results;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.TaskTimeoutException;
import dev.pipelinebox.api.Worker;
import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.internal.client.MasterClient;
import dev.pipelinebox.internal.runtime.MasterRuntime;
import dev.pipelinebox.internal.runtime.WorkerFactory;
import dev.pipelinebox.internal.submit.RunStarter;
import dev.pipelinebox.internal.submit.Submissions;
import dev.pipelinebox.internal.submit.input.Input;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pool of workers that run tasks for this program, each in a JVM of its own.
 *
 * <pre>{@code
 * try (Master<String, String> master = Master.of(DumbWorker.class).start()) {
 *     master.addWorker(new DumbWorker.Parameters("Alice"));
 *     for (TaskResult<String> result : master.run("task-1", "task-2")) {
 *         System.out.println(result.taskId() + " " + result.value());
 *     }
 * }
 * }</pre>
 *
 * <p>Tasks are numbered from 1 in the order of adding and dispatched in that order, unless their {@link TaskOptions} say
 * otherwise. Each task has exactly one result. Unless it is cancelled or passes its queue limit, a task runs at least
 * once; it runs again if its worker's process dies, up to {@code pipelinebox.task.max-attempts} times.
 *
 * <p>All methods may be called from any thread. The code that starts a master closes it. When this JVM ends in an orderly
 * way, also by Ctrl-C, the master is closed with it; when the JVM is killed, the workers end by themselves.
 *
 * @param <A> the type of the tasks' arguments
 * @param <R> the type of the tasks' results
 */
public final class Master<A extends @Nullable Object, R extends @Nullable Object> implements AutoCloseable {

    private final MasterRuntime<A, R> runtime;
    private final MasterClient client;
    private final WorkerFactory workers;
    private final Submissions<A, R> submissions;
    private final RunStarter<A, R> runs;

    Master(MasterRuntime<A, R> runtime) {
        this.runtime = runtime;
        this.client = runtime.client();
        this.workers = runtime.workers();
        this.submissions = runtime.submissions();
        this.runs = runtime.runs();
    }

    /**
     * Begins to set up a master.
     *
     * @param workerClass the class whose {@link Worker#runTask} runs the tasks
     * @param <A> the type of the tasks' arguments
     * @param <R> the type of the tasks' results
     * @return a builder
     */
    public static <A extends @Nullable Object, R extends @Nullable Object> MasterBuilder<A, R> of(
            Class<? extends Worker<A, R>> workerClass) {
        return new MasterBuilder<>(workerClass);
    }

    /**
     * Adds a worker whose constructor takes no parameter. It returns at once, while the process starts.
     *
     * @return the worker
     * @throws InvalidParametersException if the constructor takes a parameter
     * @throws MasterClosedException if the master is closed
     */
    public WorkerHandle addWorker() {
        return addWorker(null, WorkerOptions.defaults());
    }

    /**
     * Adds a worker. It returns at once, while the process starts.
     *
     * @param parameters the constructor's argument, or name-value pairs from which Jackson can make it
     * @return the worker
     * @throws InvalidParametersException if the parameters do not fit the constructor
     * @throws MasterClosedException if the master is closed
     */
    public WorkerHandle addWorker(@Nullable Object parameters) {
        return addWorker(parameters, WorkerOptions.defaults());
    }

    /**
     * Adds a worker whose JVM is started with options of its own. It returns at once, while the process starts.
     *
     * @param parameters the constructor's argument, or name-value pairs from which Jackson can make it; {@code null} if the
     *     constructor takes none
     * @param options how the JVM is started
     * @return the worker
     * @throws InvalidParametersException if the parameters do not fit the constructor
     * @throws IllegalArgumentException if the options name a directory or a Java home that does not exist
     * @throws MasterClosedException if the master is closed
     */
    public WorkerHandle addWorker(@Nullable Object parameters, WorkerOptions options) {
        return workers.add(parameters, options);
    }

    /**
     * Adds several workers whose constructor takes no parameter, as {@link #addWorker()} does.
     *
     * @param n how many; at least 1
     * @return the workers, in the order of their indexes
     * @throws IllegalArgumentException if it is less than 1
     * @throws InvalidParametersException if the constructor takes a parameter
     * @throws MasterClosedException if the master is closed
     */
    public List<WorkerHandle> addWorkers(int n) {
        return addWorkers(n, null, WorkerOptions.defaults());
    }

    /**
     * Adds several workers with the same parameters, as {@link #addWorker(Object)} does.
     *
     * @param n how many; at least 1
     * @param parameters the constructor's argument, or name-value pairs from which Jackson can make it
     * @return the workers, in the order of their indexes
     * @throws IllegalArgumentException if it is less than 1
     * @throws InvalidParametersException if the parameters do not fit the constructor
     * @throws MasterClosedException if the master is closed
     */
    public List<WorkerHandle> addWorkers(int n, @Nullable Object parameters) {
        return addWorkers(n, parameters, WorkerOptions.defaults());
    }

    /**
     * Adds several workers with the same parameters and options, as {@link #addWorker(Object, WorkerOptions)} does.
     *
     * @param n how many; at least 1
     * @param parameters the constructor's argument, or name-value pairs from which Jackson can make it; {@code null} if the
     *     constructor takes none
     * @param options how each JVM is started
     * @return the workers, in the order of their indexes
     * @throws IllegalArgumentException if it is less than 1, or the options name a directory or a Java home that does not
     *     exist
     * @throws InvalidParametersException if the parameters do not fit the constructor
     * @throws MasterClosedException if the master is closed
     */
    public List<WorkerHandle> addWorkers(int n, @Nullable Object parameters, WorkerOptions options) {
        return workers.add(n, parameters, options);
    }

    /**
     * The machines on which workers may run, as far as they have joined.
     *
     * @return a handle of each, with one of this machine if it is among them; empty without {@link MasterBuilder#hosts}
     */
    public List<HostHandle> hosts() {
        return runtime.hosts();
    }

    /**
     * Adds a task, which starts as soon as a worker is free. Its result comes with those of the next {@code run}.
     *
     * @param argument the argument
     * @return the task's id
     * @throws PayloadException if the argument cannot be encoded by Jackson or is too large
     * @throws MasterClosedException if the master is closed
     * @throws QueueFullException if {@code pipelinebox.run.max-added} tasks, or {@code max-added-size} bytes of arguments,
     *     were added since the last run
     */
    public long addTask(A argument) {
        return addTask(argument, TaskOptions.defaults());
    }

    /**
     * Adds a task with options of its own, which starts as soon as a worker is free. Its result comes with those of the
     * next {@code run}.
     *
     * @param argument the argument
     * @param options limits, attempts and other policy of the task, where they differ from the configuration
     * @return the task's id
     * @throws PayloadException if the argument cannot be encoded by Jackson or is too large
     * @throws MasterClosedException if the master is closed
     * @throws QueueFullException as {@link #addTask(Object)}
     */
    public long addTask(A argument, TaskOptions options) {
        return runs.add(argument, options);
    }

    /**
     * Runs tasks, after those added by {@link #addTask} since the last run, whose results are included. The task of an
     * argument that cannot be encoded fails.
     *
     * @param arguments one for each task; with none, only the tasks added before are in the run
     * @return their results, as they finish
     * @throws NoWorkerException if there is no worker
     * @throws MasterClosedException if the master is closed
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Results<R> run(A... arguments) {
        return runs.start(Input.of(Arrays.asList(arguments)), submissions);
    }

    /**
     * Runs tasks, as {@link #run} does. A {@link java.util.Collection} is taken to be in memory; anything else is
     * iterated lazily, on a thread of its own, never further ahead than the window.
     *
     * @param arguments one for each task
     * @return their results, as they finish; reading them throws what the iterator throws
     * @throws NoWorkerException if there is no worker
     * @throws MasterClosedException if the master is closed
     */
    public Results<R> runAll(Iterable<? extends A> arguments) {
        return runAll(arguments, TaskOptions.defaults());
    }

    /**
     * Runs tasks with options, as {@link #runAll(Iterable)} does without.
     *
     * @param arguments one for each task
     * @param options policy of each of these tasks, where it differs from the configuration; tasks that were added before
     *     keep their own
     * @return their results, as they finish; reading them throws what the iterator throws
     * @throws NoWorkerException if there is no worker
     * @throws MasterClosedException if the master is closed
     */
    public Results<R> runAll(Iterable<? extends A> arguments, TaskOptions options) {
        return runs.start(Input.of(arguments), runtime.submissions(options));
    }

    /**
     * Runs tasks with options of their own, as {@link #runAll(Iterable)} does without.
     *
     * @param arguments one for each task
     * @param options gives the options of each argument's task; called where the arguments are read, and what it throws
     *     ends the run like an error of the input
     * @return their results, as they finish; reading them throws what the iterator throws
     * @throws NoWorkerException if there is no worker
     * @throws MasterClosedException if the master is closed
     */
    public Results<R> runAll(Iterable<? extends A> arguments, Function<? super A, TaskOptions> options) {
        return runs.start(Input.of(arguments), runtime.submissions(options));
    }

    /**
     * Runs tasks, as {@link #run} does. The stream is read lazily, on a thread of its own, never further ahead than the
     * window, and closed at its end.
     *
     * @param arguments one for each task
     * @return their results, as they finish; reading them throws what the stream throws
     * @throws NoWorkerException if there is no worker
     * @throws MasterClosedException if the master is closed
     */
    public Results<R> runAll(Stream<? extends A> arguments) {
        return runAll(arguments, TaskOptions.defaults());
    }

    /**
     * Runs tasks with options, as {@link #runAll(Stream)} does without.
     *
     * @param arguments one for each task
     * @param options policy of each of these tasks, where it differs from the configuration; tasks that were added before
     *     keep their own
     * @return their results, as they finish; reading them throws what the stream throws
     * @throws NoWorkerException if there is no worker
     * @throws MasterClosedException if the master is closed
     */
    public Results<R> runAll(Stream<? extends A> arguments, TaskOptions options) {
        return runs.start(Input.of(arguments), runtime.submissions(options));
    }

    /**
     * Runs tasks with options of their own, as {@link #runAll(Stream)} does without.
     *
     * @param arguments one for each task
     * @param options gives the options of each argument's task; called where the arguments are read, and what it throws
     *     ends the run like an error of the input
     * @return their results, as they finish; reading them throws what the stream throws
     * @throws NoWorkerException if there is no worker
     * @throws MasterClosedException if the master is closed
     */
    public Results<R> runAll(Stream<? extends A> arguments, Function<? super A, TaskOptions> options) {
        return runs.start(Input.of(arguments), runtime.submissions(options));
    }

    /**
     * Runs a task once on each worker that was added and neither stopped nor given up. A worker that is still starting
     * gets it when it is ready. It runs in its turn, after the tasks that wait already; several broadcasts keep their
     * order on each worker. If the process of a worker dies, the task is tried again by its replacement; if the worker is
     * stopped or given up before, its task fails with a {@link NoWorkerException}.
     *
     * @param argument the argument, the same for all
     * @return the results, one for each worker, as they finish
     * @throws PayloadException if the argument cannot be encoded by Jackson or is too large
     * @throws NoWorkerException if there is no worker
     * @throws MasterClosedException if the master is closed
     */
    public Results<R> broadcast(A argument) {
        return runs.broadcast(argument);
    }

    /**
     * Runs one task.
     *
     * @param argument the argument
     * @return a stage with the task's value. It fails with the task's error, and with what {@link #run} would throw.
     *     Cancelling its {@code toCompletableFuture()}, or completing it otherwise, as {@code orTimeout} does, cancels
     *     the task, or interrupts it. It is completed, and dependent actions run, on the {@linkplain
     *     MasterBuilder#completionExecutor completion executor}; if no action depends on it, a thread that waits in its
     *     {@code get} or {@code join} completes it, which saves a change of threads ({@code CompletableFuture.allOf} and
     *     {@code anyOf} count for none). If {@code
     *     pipelinebox.ask.max-pending} asks are pending, this call waits for room, so a dependent action that asks on an
     *     executor with a single thread may wait for itself; by {@code pipelinebox.ask.when-full} the stage fails with a {@link
     *     QueueFullException} instead, or there is no limit. What cannot be submitted, such as an argument that cannot be
     *     encoded, completes the stage before this call returns; so does an interrupt of the wait, with a {@link
     *     CallerInterruptedException}
     */
    public CompletionStage<R> ask(A argument) {
        return ask(argument, TaskOptions.defaults());
    }

    /**
     * Runs one task with options of its own.
     *
     * @param argument the argument
     * @param options limits, attempts and other policy of the task, where they differ from the configuration
     * @return a stage as that of {@link #ask(Object)}; if a limit passes, it fails with a {@link TaskTimeoutException}
     */
    public CompletionStage<R> ask(A argument, TaskOptions options) {
        return runtime.submissions(options).ask(argument, client.askAdmission());
    }

    /**
     * Runs tasks and gives a stage for each while it may still run. The arguments are read lazily, on a thread of their
     * own, once the returned stream is read, and never further ahead than the window: a task counts until its stage was
     * both read and completed. A reader that waits for one stage after the other keeps all workers busy.
     *
     * @param arguments one for each task; closed at its end
     * @return for each task in the order of the input a stage as that of {@link #ask(Object)}. Reading it throws what the
     *     input throws, and {@link MasterClosedException} if the master is closed before the end of the input. Closing it
     *     cancels the tasks whose stages were not read; close it unless it is read to its end.
     * @throws NoWorkerException if there is no worker
     * @throws MasterClosedException if the master is closed
     */
    public Stream<CompletionStage<R>> askAll(Stream<? extends A> arguments) {
        return submissions.askAll(Input.of(arguments));
    }

    /**
     * Runs tasks with options of their own and gives a stage for each, as {@link #askAll(Stream)} does without.
     *
     * @param arguments one for each task; closed at its end
     * @param options gives the options of each argument's task; reading throws what it throws
     * @return for each task in the order of the input a stage as that of {@link #ask(Object)}
     * @throws NoWorkerException if there is no worker
     * @throws MasterClosedException if the master is closed
     */
    public Stream<CompletionStage<R>> askAll(Stream<? extends A> arguments, Function<? super A, TaskOptions> options) {
        return runtime.submissions(options).askAll(Input.of(arguments));
    }

    /**
     * Runs tasks as a part of an Akka stream: arguments come in, their results go out as they finish. It requests as many
     * elements from upstream as the window has room for, so a slow downstream slows down the workers and the upstream. A
     * cancelled or failed stream cancels its tasks. If the master is closed or has no worker, the stream fails with that.
     * Null arguments are not allowed.
     *
     * @return a flow that may be materialized any number of times, each a run of its own
     */
    public akka.stream.javadsl.Flow<A, TaskResult<R>, NotUsed> flow() {
        return submissions.flow();
    }

    /**
     * Runs tasks with options of their own as a part of an Akka stream, as {@link #flow()} does without.
     *
     * @param options gives the options of each argument's task; the stream fails with what it throws
     * @return a flow that may be materialized any number of times, each a run of its own
     */
    public akka.stream.javadsl.Flow<A, TaskResult<R>, NotUsed> flow(Function<? super A, TaskOptions> options) {
        return runtime.submissions(options).flow();
    }

    /**
     * Runs tasks between two parts of a Reactive Stream, as {@link #flow()} does. It takes one publisher and one
     * subscriber. Signals are given on the {@linkplain MasterBuilder#completionExecutor completion executor}.
     *
     * @return a processor for one run
     */
    public Flow.Processor<A, TaskResult<R>> processor() {
        return submissions.processor();
    }

    /**
     * Runs tasks with options of their own between two parts of a Reactive Stream, as {@link #processor()} does without.
     *
     * @param options gives the options of each argument's task; what it throws is the error of the subscriber
     * @return a processor for one run
     */
    public Flow.Processor<A, TaskResult<R>> processor(Function<? super A, TaskOptions> options) {
        return runtime.submissions(options).processor();
    }

    /**
     * Dispatches no more tasks until {@link #resume()}. Tasks that workers hold and have not started are revoked; running
     * tasks finish. Tasks may still be added, and their queue limits go on. Does nothing if the master is paused already.
     *
     * @throws MasterClosedException if the master is closed
     */
    public void pause() {
        client.pause();
    }

    /**
     * Dispatches tasks again after {@link #pause()}. Does nothing if the master is not paused.
     *
     * @throws MasterClosedException if the master is closed
     */
    public void resume() {
        client.resume();
    }

    /**
     * Tells when no task is left: none waits, backs off or runs, of those that were added before and of those that are
     * added meanwhile. Tasks may still be added, and a run whose input comes slowly may have no task for a moment. While
     * the master is paused, waiting tasks wait for {@link #resume()}.
     *
     * @return a stage that completes then, and in any case when the master is closed. By then the results of all runs can
     *     be read; the stages of {@code ask} complete at about the same time. Dependent actions run on the {@linkplain
     *     MasterBuilder#completionExecutor completion executor}.
     */
    public CompletionStage<Void> drain() {
        return client.drain();
    }

    /**
     * Counts tasks and workers by their state. The snapshot is taken at one moment, after all that the calling thread has
     * added before. Takes as long as a message to the master's actor.
     *
     * @return a snapshot
     * @throws MasterClosedException if the master is closed
     */
    public PoolStatus status() {
        return client.status();
    }

    /**
     * The master's actor for other actors of this JVM: they run tasks, by {@code AskPattern} for example, and subscribe to
     * events. It is not for other processes. It ends with the master, at the end of {@link #close}; messages that were
     * sent before are answered.
     *
     * @return the actor, in the actor system that the master was given, or in the master's own
     */
    public ActorRef<MasterMessage<A, R>> ref() {
        return runtime.ref().narrow();
    }

    /**
     * The tasks that were given up because they ended their workers' processes, by a crash or by a time limit. The last {@code pipelinebox.task.quarantine} are kept, with 64 MiB of arguments in all; a single one may be larger.
     *
     * @return the tasks, in the order in which they were given up; each can be run again
     */
    public List<QuarantinedTask<R>> failedForGood() {
        return runtime.quarantined();
    }

    /**
     * Ends all work now: waiting tasks are dropped, running tasks are interrupted, and processes that do not end within
     * {@code pipelinebox.shutdown.grace} are killed. Returns when all have ended; the master is closed then.
     */
    public void halt() {
        runtime.halt();
    }

    /**
     * Closes the master: waiting tasks are dropped, running tasks may finish within {@code pipelinebox.shutdown.grace}, the
     * users' workers are closed, and their processes end or are killed. Returns when all have ended. Results that have
     * arrived can still be read; the result of a dropped task is a {@link MasterClosedException}. Does nothing the second
     * time.
     */
    @Override
    public void close() {
        runtime.close();
    }

    MasterRuntime<A, R> runtime() {
        return runtime;
    }
}
