package dev.pipelinebox;

import akka.NotUsed;
import akka.actor.typed.ActorRef;
import dev.pipelinebox.actor.MasterMessage;
import dev.pipelinebox.api.CallerInterruptedException;
import dev.pipelinebox.api.InvalidParametersException;
import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.PoolStatus;
import dev.pipelinebox.api.ProgressListener;
import dev.pipelinebox.api.QuarantinedTask;
import dev.pipelinebox.api.QueueFullException;
import dev.pipelinebox.api.Results;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.TaskTimeoutException;
import dev.pipelinebox.api.Worker;
import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.internal.client.AskAdmission;
import dev.pipelinebox.internal.client.BacklogLimit;
import dev.pipelinebox.internal.client.CallbackExecutor;
import dev.pipelinebox.internal.client.DrainRequest;
import dev.pipelinebox.internal.client.MasterClient;
import dev.pipelinebox.internal.client.OutcomeDecoder;
import dev.pipelinebox.internal.client.StatusRequest;
import dev.pipelinebox.internal.codec.PayloadCodec;
import dev.pipelinebox.internal.codec.WorkerClass;
import dev.pipelinebox.internal.event.EventBus;
import dev.pipelinebox.internal.master.MasterCommand;
import dev.pipelinebox.internal.pool.WorkerSpec;
import dev.pipelinebox.internal.runtime.ActorSystemOwner;
import dev.pipelinebox.internal.runtime.EndpointActor;
import dev.pipelinebox.internal.runtime.MasterEndpoint;
import dev.pipelinebox.internal.runtime.MasterSettings;
import dev.pipelinebox.internal.runtime.ShutdownSequence;
import dev.pipelinebox.internal.runtime.WorkerLaunch;
import dev.pipelinebox.internal.schedule.Quarantine;
import dev.pipelinebox.internal.submit.RunStarter;
import dev.pipelinebox.internal.submit.Submissions;
import dev.pipelinebox.internal.submit.ask.QuarantinedAsk;
import dev.pipelinebox.internal.submit.input.AdaptiveWindow;
import dev.pipelinebox.internal.submit.input.Input;
import dev.pipelinebox.internal.submit.pipeline.PipelineStage;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pool of workers, each in a JVM of its own, that run tasks for this program.
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
 * <p>Tasks are numbered from 1 in the order of adding and handed out in that order, unless their {@link TaskOptions} say
 * otherwise. Each has exactly one result. Unless
 * it is cancelled or waits too long, a task runs at least once; it runs again if its worker dies under it, up to {@code
 * pipelinebox.task.max-attempts} times.
 *
 * <p>All methods may be called from any thread. Whoever started a master closes it; when this program ends in an orderly
 * way, by Ctrl-C too, the master is closed with it, and when it is killed, the workers end by themselves.
 *
 * @param <A> the type of the tasks' arguments
 * @param <R> the type of the tasks' results
 */
public final class Master<A extends @Nullable Object, R extends @Nullable Object> implements AutoCloseable {

    /** The arguments of tasks that were given up. */
    private static final long QUARANTINE_BYTES = 64L << 20;

    private final WorkerClass type;
    private final MasterSettings settings;
    private final CallbackExecutor completion;
    private final PayloadCodec codec;
    private final OutcomeDecoder reader;
    private final WorkerLaunch launch;
    private final Quarantine quarantine;
    private final MasterClient pool;
    private final RunStarter<A, R> runs;
    private final ShutdownSequence shutdown;
    private final Submissions<A, R> tasks;
    private final ActorRef<Object> porter;

    Master(
            WorkerClass type,
            MasterSettings settings,
            ActorSystemOwner home,
            List<TaskMonitor> monitors,
            List<ProgressListener> progress,
            CallbackExecutor completion) {
        this.type = type;
        this.settings = settings;
        this.completion = completion;
        this.launch = WorkerLaunch.of(settings, type.workerClass());
        this.quarantine = new Quarantine(settings.engine().schedule().quarantine(), QUARANTINE_BYTES);
        EventBus hub = new EventBus(monitors);
        MasterSettings shared = launch.begin(settings);
        this.pool = new MasterClient(
                home.start(shared, launch, hub, quarantine),
                settings.engine().schedule().task(),
                settings.asks(),
                completion);
        this.codec = codec(home);
        this.reader = new OutcomeDecoder(codec, codec);
        this.tasks = new Submissions<>(
                pool.intake(),
                reader,
                () -> new AdaptiveWindow(
                        settings.runs().windowTasks(), settings.runs().windowBytes()),
                progress,
                completion);
        this.runs = new RunStarter<>(
                pool,
                tasks,
                new BacklogLimit(settings.runs().maxAdded(), settings.runs().maxAddedBytes()));
        MasterEndpoint front = new MasterEndpoint(home);
        this.shutdown = new ShutdownSequence(
                pool, home, front, launch, settings.engine().pool().grace());
        this.porter = front.open(
                onEnd -> EndpointActor.<A, R>create(
                        options -> pool.intake(settings.policy(options)), reader, pool.askLimit(), hub, onEnd),
                shutdown);
    }

    /** After the actor system: by then another thread has loaded what it needs. */
    private PayloadCodec codec(ActorSystemOwner home) {
        try {
            return new PayloadCodec(type, settings.maxPayloadBytes());
        } catch (Throwable unreadable) {
            home.end();
            launch.close();
            throw unreadable;
        }
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
     * @param parameters the constructor's argument, or name-value pairs that Jackson can make it of
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
     * @param parameters the constructor's argument, or name-value pairs that Jackson can make it of; {@code null} if the
     *     constructor takes none
     * @param options how the JVM is started
     * @return the worker
     * @throws InvalidParametersException if the parameters do not fit the constructor
     * @throws IllegalArgumentException if the options name a directory or a Java home that does not exist
     * @throws MasterClosedException if the master is closed
     */
    public WorkerHandle addWorker(@Nullable Object parameters, WorkerOptions options) {
        pool.checkOpen();
        launch.check(options);
        byte[] encoded = codec.writeParameters(parameters);
        String workerClass = type.workerClass().getName();
        WorkerHandle slot = pool.addWorker(index -> new WorkerSpec(index, workerClass, parameters, encoded, options));
        slot.ready().thenRun(launch::prepareNextStart);
        return slot;
    }

    /**
     * Adds several workers whose constructor takes no parameter, as {@link #addWorker()} does.
     *
     * @param n how many; at least 1
     * @return the workers, in the order of their numbers
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
     * @param parameters the constructor's argument, or name-value pairs that Jackson can make it of
     * @return the workers, in the order of their numbers
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
     * @param parameters the constructor's argument, or name-value pairs that Jackson can make it of; {@code null} if the
     *     constructor takes none
     * @param options how each JVM is started
     * @return the workers, in the order of their numbers
     * @throws IllegalArgumentException if it is less than 1, or the options name a directory or a Java home that does not
     *     exist
     * @throws InvalidParametersException if the parameters do not fit the constructor
     * @throws MasterClosedException if the master is closed
     */
    public List<WorkerHandle> addWorkers(int n, @Nullable Object parameters, WorkerOptions options) {
        if (n < 1) {
            throw new IllegalArgumentException(
                    n + " workers cannot be added; give 1 or more, and stop workers by WorkerHandle.stop()");
        }
        return IntStream.range(0, n)
                .mapToObj(i -> addWorker(parameters, options))
                .toList();
    }

    /**
     * Adds a task, which starts as soon as a worker is free. Its result comes with those of the next {@code run}.
     *
     * @param argument the argument
     * @return the task's number
     * @throws PayloadException if the argument cannot be written by Jackson or is too large
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
     * @param options how the task is treated where it differs from the configuration
     * @return the task's number
     * @throws PayloadException if the argument cannot be written by Jackson or is too large
     * @throws MasterClosedException if the master is closed
     * @throws QueueFullException as {@link #addTask(Object)}
     */
    public long addTask(A argument, TaskOptions options) {
        return runs.add(argument, settings.policy(options));
    }

    /**
     * Runs tasks, after those added by {@link #addTask} since the last run, whose results are included. An argument that
     * cannot be written makes the failure of its task.
     *
     * @param arguments one for each task; with none, only the tasks added before are in the run
     * @return their results, as they finish
     * @throws NoWorkerException if there is no worker
     * @throws MasterClosedException if the master is closed
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Results<R> run(A... arguments) {
        return runs.start(Input.of(Arrays.asList(arguments)), tasks);
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
     * @param options how each of these tasks is treated where it differs from the configuration; those that were added
     *     before keep their own
     * @return their results, as they finish; reading them throws what the iterator throws
     * @throws NoWorkerException if there is no worker
     * @throws MasterClosedException if the master is closed
     */
    public Results<R> runAll(Iterable<? extends A> arguments, TaskOptions options) {
        return runs.start(Input.of(arguments), treated(options));
    }

    /**
     * Runs tasks with options of their own, as {@link #runAll(Iterable)} does without.
     *
     * @param arguments one for each task
     * @param options gives for each argument how its task is treated where that differs from the configuration; called
     *     where the arguments are taken in, and what it throws ends the run as what they throw
     * @return their results, as they finish; reading them throws what the iterator throws
     * @throws NoWorkerException if there is no worker
     * @throws MasterClosedException if the master is closed
     */
    public Results<R> runAll(Iterable<? extends A> arguments, Function<? super A, TaskOptions> options) {
        return runs.start(Input.of(arguments), treated(options));
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
     * @param options how each of these tasks is treated where it differs from the configuration; those that were added
     *     before keep their own
     * @return their results, as they finish; reading them throws what the stream throws
     * @throws NoWorkerException if there is no worker
     * @throws MasterClosedException if the master is closed
     */
    public Results<R> runAll(Stream<? extends A> arguments, TaskOptions options) {
        return runs.start(Input.of(arguments), treated(options));
    }

    /**
     * Runs tasks with options of their own, as {@link #runAll(Stream)} does without.
     *
     * @param arguments one for each task
     * @param options gives for each argument how its task is treated where that differs from the configuration; called
     *     where the arguments are taken in, and what it throws ends the run as what they throw
     * @return their results, as they finish; reading them throws what the stream throws
     * @throws NoWorkerException if there is no worker
     * @throws MasterClosedException if the master is closed
     */
    public Results<R> runAll(Stream<? extends A> arguments, Function<? super A, TaskOptions> options) {
        return runs.start(Input.of(arguments), treated(options));
    }

    /**
     * Runs a task once on every worker that is there: added, and neither stopped nor given up. One that is still starting
     * gets it when it is ready. Each worker runs it in its turn, after what waits already; several broadcasts run on each
     * in their order. If a worker dies under it, the task is tried again by the process that replaces it; if the worker
     * is stopped or given up before, its task fails with a {@link NoWorkerException}.
     *
     * @param argument the argument, the same for all
     * @return the results, one for each worker, as they finish
     * @throws PayloadException if the argument cannot be written by Jackson or is too large
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
     *     Cancelling its {@code toCompletableFuture()}, or completing it otherwise, as {@code orTimeout} does, takes the
     *     task back, or interrupts it. It is completed, and dependent actions run, on the {@linkplain
     *     MasterBuilder#completionExecutor completion executor}; if no action depends on it, a thread that waits in its
     *     {@code get} or {@code join} completes it, which saves a change of threads ({@code CompletableFuture.allOf} and
     *     {@code anyOf} count for none). If {@code
     *     pipelinebox.ask.max-pending} questions are open, this call waits for room, so a dependent action that asks on an
     *     executor with a single thread may wait for itself; by {@code pipelinebox.ask.when-full} the stage fails with a {@link
     *     QueueFullException} instead, or there is no limit. What cannot be asked, such as an argument that cannot be
     *     written, completes the stage before this call returns; so does an interrupt of the wait, with a {@link
     *     CallerInterruptedException}
     */
    public CompletionStage<R> ask(A argument) {
        return ask(argument, TaskOptions.defaults());
    }

    /**
     * Runs one task, with limits and attempts of its own.
     *
     * @param argument the argument
     * @param options how the task is treated where it differs from the configuration
     * @return a stage as that of {@link #ask(Object)}; if a limit passes, it fails with a {@link TaskTimeoutException}
     */
    public CompletionStage<R> ask(A argument, TaskOptions options) {
        return treated(options).ask(argument, pool.askLimit());
    }

    /**
     * Runs tasks and tells of each while it may still run. The arguments are read lazily, on a thread of their own, once
     * the returned stream is read; never further ahead than the window: tasks count until their stage was both read and
     * completed. So a reader that waits for one stage after the other keeps all workers busy.
     *
     * @param arguments one for each task; closed at its end
     * @return for each task in the order of the input a stage as that of {@link #ask(Object)}. Reading it throws what the
     *     input throws, and {@link MasterClosedException} if the master is closed before the end of the input. Closing it
     *     takes back what was not read; one that is not read to its end has to be closed.
     * @throws NoWorkerException if there is no worker
     * @throws MasterClosedException if the master is closed
     */
    public Stream<CompletionStage<R>> askAll(Stream<? extends A> arguments) {
        return tasks.askAll(Input.of(arguments));
    }

    /**
     * Runs tasks with options of their own and tells of each, as {@link #askAll(Stream)} does without.
     *
     * @param arguments one for each task; closed at its end
     * @param options gives for each argument how its task is treated where that differs from the configuration; reading
     *     throws what it throws
     * @return for each task in the order of the input a stage as that of {@link #ask(Object)}
     * @throws NoWorkerException if there is no worker
     * @throws MasterClosedException if the master is closed
     */
    public Stream<CompletionStage<R>> askAll(Stream<? extends A> arguments, Function<? super A, TaskOptions> options) {
        return treated(options).askAll(Input.of(arguments));
    }

    /**
     * Runs tasks as a part of an Akka stream: what comes in are arguments, what goes out are their results, as they
     * finish. It asks its upstream for as much as the window has room for, so a slow downstream slows the workers and
     * what is before them. A cancelled or failed stream takes its tasks back. If the master is closed or has no worker,
     * the stream fails with that. Null arguments are not allowed.
     *
     * @return a flow that may be materialized any number of times, each a run of its own
     */
    public akka.stream.javadsl.Flow<A, TaskResult<R>, NotUsed> flow() {
        return tasks.flow();
    }

    /**
     * Runs tasks with options of their own as a part of an Akka stream, as {@link #flow()} does without.
     *
     * @param options gives for each argument how its task is treated where that differs from the configuration; the
     *     stream fails with what it throws
     * @return a flow that may be materialized any number of times, each a run of its own
     */
    public akka.stream.javadsl.Flow<A, TaskResult<R>, NotUsed> flow(Function<? super A, TaskOptions> options) {
        return treated(options).flow();
    }

    /**
     * Runs tasks between two parts of a Reactive Stream, as {@link #flow()} does. It takes one publisher and one
     * subscriber. Signals are given on the {@linkplain MasterBuilder#completionExecutor completion executor}.
     *
     * @return a processor for one run
     */
    public Flow.Processor<A, TaskResult<R>> processor() {
        return tasks.processor();
    }

    /**
     * Runs tasks with options of their own between two parts of a Reactive Stream, as {@link #processor()} does without.
     *
     * @param options gives for each argument how its task is treated where that differs from the configuration; the
     *     subscriber is told of what it throws as an error
     * @return a processor for one run
     */
    public Flow.Processor<A, TaskResult<R>> processor(Function<? super A, TaskOptions> options) {
        return treated(options).processor();
    }

    /**
     * Hands out no more tasks until {@link #resume()}. What workers hold and have not started is taken back; what runs
     * finishes. Tasks are still taken in, and their limits for the wait go on. Does nothing if it is paused already.
     *
     * @throws MasterClosedException if the master is closed
     */
    public void pause() {
        pool.checkOpen();
        pool.actor().tell(MasterCommand.Pause.NOW);
    }

    /**
     * Hands out tasks again after {@link #pause()}. Does nothing if it is not paused.
     *
     * @throws MasterClosedException if the master is closed
     */
    public void resume() {
        pool.checkOpen();
        pool.actor().tell(MasterCommand.Resume.NOW);
    }

    /**
     * Tells when no task is left: none waits, rests or runs, of those that were added before and of those that come
     * meanwhile. Nothing is kept from being added, and a run whose input comes slowly may have no task for a moment.
     * While the master is paused, tasks that wait have to wait for {@link #resume()}.
     *
     * @return a stage that completes then, and in any case when the master is closed. By then the results of all runs are
     *     there to be read; the stages of {@code ask} complete at about the same time. Dependent actions run on the {@linkplain
     *     MasterBuilder#completionExecutor completion executor}.
     */
    public CompletionStage<Void> drain() {
        return DrainRequest.of(pool, completion);
    }

    /**
     * How the master stands: what waits, runs and is done, and which workers there are. It is taken at one moment, after all
     * that the calling thread has added before. Takes as long as a message to the master's actor.
     *
     * @return a snapshot
     * @throws MasterClosedException if the master is closed
     */
    public PoolStatus status() {
        return StatusRequest.of(pool);
    }

    /**
     * The master as other actors of this JVM see it: they run tasks, by {@code AskPattern} for example, and subscribe to
     * what happens. It is not for other processes. It ends with the master, at the end of {@link #close}; what was sent
     * before is answered.
     *
     * @return its actor; in the actor system that the master was given, or in its own
     */
    public ActorRef<MasterMessage<A, R>> ref() {
        return porter.narrow();
    }

    /**
     * The tasks that were given up because they ended their workers' processes, by themselves or by a limit of time. The
     * last {@code pipelinebox.task.quarantine} are kept, with 64 MiB of arguments in all; a single one may be larger.
     *
     * @return the tasks, in the order in which they were given up; each can be run again
     */
    public List<QuarantinedTask<R>> failedForGood() {
        return quarantine.entries().stream()
                .<QuarantinedTask<R>>map(entry -> new QuarantinedAsk<>(entry, quarantine, pool, reader, completion))
                .toList();
    }

    /**
     * Ends all work now: tasks that wait are dropped, those that run are interrupted, and processes that do not end
     * within {@code pipelinebox.shutdown.grace} are killed. Returns when all are gone; the master is closed then.
     */
    public void halt() {
        shutdown.now();
    }

    /**
     * Closes the master: tasks that wait are dropped, those that run may finish within {@code
     * pipelinebox.shutdown.grace}, the users' workers are closed, their processes end or are killed. Returns when all are
     * gone. Results that are there can still be read; the tasks that were dropped have a {@link MasterClosedException}
     * for a result. Does nothing the second time.
     */
    @Override
    public void close() {
        shutdown.orderly();
    }

    private Submissions<A, R> treated(TaskOptions options) {
        return tasks.over(pool.intake(settings.policy(options)));
    }

    private Submissions<A, R> treated(Function<? super A, TaskOptions> options) {
        Objects.requireNonNull(options, "options");
        return tasks.each(argument -> pool.intake(
                settings.policy(Objects.requireNonNull(options.apply(argument), "the options of an argument"))));
    }

    Submissions<A, R> tasks() {
        return tasks;
    }

    /** How many questions may be open. */
    AskAdmission askLimit() {
        return pool.askLimit();
    }

    /** This master's part in a pipeline. */
    PipelineStage stage(int number) {
        return new PipelineStage(number, type.workerClass().getName(), pool.intake(), codec);
    }
}
