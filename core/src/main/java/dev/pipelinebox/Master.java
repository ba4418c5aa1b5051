package dev.pipelinebox;

import akka.actor.typed.ActorRef;
import dev.pipelinebox.actor.MasterMessage;
import dev.pipelinebox.api.InvalidConfigException;
import dev.pipelinebox.api.InvalidParametersException;
import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.ProgressListener;
import dev.pipelinebox.api.QuarantinedTask;
import dev.pipelinebox.api.Results;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.api.TaskTimeoutException;
import dev.pipelinebox.api.Worker;
import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.launch.WorkerLauncher;
import dev.pipelinebox.master.MasterCommand;
import dev.pipelinebox.master.Quarantine;
import dev.pipelinebox.master.TaskPolicy;
import dev.pipelinebox.master.WorkerSlot;
import dev.pipelinebox.master.WorkerSpec;
import dev.pipelinebox.monitor.MonitorHub;
import dev.pipelinebox.protocol.Launcher;
import dev.pipelinebox.protocol.PayloadCodec;
import dev.pipelinebox.protocol.WorkerType;
import dev.pipelinebox.worker.InProcessWorkers;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
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
 * <p>Tasks are numbered from 1 in the order of adding and handed out in that order. Each has exactly one result. Unless
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

    private final WorkerType type;
    private final Settings settings;
    private final List<ProgressListener> progress;
    private final PayloadCodec codec;
    private final OutcomeReader reader;
    private final Launcher launcher;
    private final Quarantine quarantine;
    private final Pool pool;
    private final Shutdown shutdown;
    private final ActorRef<Object> porter;
    private Run<R> nextRun;

    Master(WorkerType type, Settings settings, Home home, List<TaskMonitor> monitors, List<ProgressListener> progress) {
        this.type = type;
        this.settings = settings;
        this.progress = progress;
        this.codec = new PayloadCodec(type, settings.pool().forWorkers().maxPayloadBytes());
        this.reader = new OutcomeReader(codec);
        this.launcher = checked(launcher(settings, type.workerClass()));
        this.quarantine = new Quarantine(
                settings.pool().quarantine(), settings.pool().forWorkers().maxPayloadBytes());
        MonitorHub hub = new MonitorHub(monitors);
        this.pool = new Pool(
                home.start(settings, launcher, hub, quarantine), settings.pool().task());
        Front front = new Front(home);
        this.shutdown =
                new Shutdown(pool, home, front, launcher, settings.pool().grace());
        this.porter = front.open(onEnd -> Porter.<A, R>create(pool, reader, this::policy, hub, onEnd), shutdown);
        this.nextRun = newRun();
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
        launcher.check(options);
        byte[] encoded = codec.writeParameters(parameters);
        WorkerSlot slot = pool.addSlot();
        slot.ready().thenRun(launcher::prepareNextStart);
        WorkerSpec spec = new WorkerSpec(slot.index(), type.workerClass().getName(), parameters, encoded, options);
        pool.actor().tell(new MasterCommand.AddWorker(spec, slot));
        return slot;
    }

    /**
     * Adds a task, which starts as soon as a worker is free. Its result comes with those of the next {@code run}.
     *
     * @param argument the argument
     * @return the task's number
     * @throws PayloadException if the argument cannot be written by Jackson or is too large
     * @throws MasterClosedException if the master is closed
     */
    public long addTask(A argument) {
        pool.checkOpen();
        byte[] payload = codec.writeArgument(argument);
        synchronized (this) {
            return nextRun.add(payload);
        }
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
        return start(Input.of(Arrays.asList(arguments)));
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
        return start(Input.of(arguments));
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
        return start(Input.of(arguments));
    }

    /**
     * Runs one task.
     *
     * @param argument the argument
     * @return a stage with the task's value. It fails with the task's error, and with what {@link #run} would throw.
     *     Cancelling its {@code toCompletableFuture()}, or completing it otherwise, as {@code orTimeout} does, takes the
     *     task back, or interrupts it. Dependent actions run on the common pool.
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
        Ask<R> ask = new Ask<>(pool, reader);
        ask.submit(argument, policy(options));
        return ask;
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
     * last {@code pipelinebox.task.quarantine} are kept, with {@code pipelinebox.payload.max-size} bytes of arguments in
     * all.
     *
     * @return the tasks, in the order in which they were given up; each can be run again
     */
    public List<QuarantinedTask<R>> failedForGood() {
        return quarantine.patients().stream()
                .<QuarantinedTask<R>>map(patient -> new FailedTask<>(patient, quarantine, pool, reader))
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

    private static Launcher launcher(Settings settings, Class<?> workerClass) {
        return settings.inProcess()
                ? new InProcessWorkers(workerClass.getClassLoader())
                : checked(new WorkerLauncher(settings.launch(), workerClass, Console::out, Console::err));
    }

    private TaskPolicy policy(TaskOptions options) {
        TaskPolicy policy = pool.policy().with(options);
        return settings.inProcess() ? policy.withoutLimits() : policy;
    }

    private Results<R> start(Input<A> input) {
        try {
            pool.checkOpen();
            pool.checkWorkers();
        } catch (RuntimeException refused) {
            input.onEnd().run();
            throw refused;
        }
        Run<R> run;
        synchronized (this) {
            run = nextRun;
            nextRun = newRun();
        }
        run.expect(input.size());
        pool.register(run);
        return new RunResults<>(run, Feeder.feed(run, input));
    }

    private static Launcher checked(Launcher launcher) {
        try {
            launcher.check(WorkerOptions.defaults());
            return launcher;
        } catch (IllegalArgumentException wrong) {
            launcher.close();
            throw new InvalidConfigException(
                    "pipelinebox.worker.java-home or pipelinebox.worker.directory: " + wrong.getMessage(), wrong);
        }
    }

    private Run<R> newRun() {
        return new Run<>(pool, reader, new Window(settings.windowTasks(), settings.windowBytes()), progress);
    }
}
