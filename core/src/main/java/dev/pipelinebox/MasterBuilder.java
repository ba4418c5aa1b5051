package dev.pipelinebox;

import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import dev.pipelinebox.api.InvalidConfigException;
import dev.pipelinebox.api.InvalidWorkerClassException;
import dev.pipelinebox.api.ProgressListener;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.api.Worker;
import dev.pipelinebox.internal.client.CallbackExecutor;
import dev.pipelinebox.internal.codec.PayloadCodec;
import dev.pipelinebox.internal.codec.WorkerClass;
import dev.pipelinebox.internal.event.VerboseMonitor;
import dev.pipelinebox.internal.os.StandardStreams;
import dev.pipelinebox.internal.runtime.ActorSystemOwner;
import dev.pipelinebox.internal.runtime.MasterSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Sets up a {@link Master}. Not thread-safe.
 *
 * @param <A> the type of the tasks' arguments
 * @param <R> the type of the tasks' results
 */
public final class MasterBuilder<A extends @Nullable Object, R extends @Nullable Object> {

    private final Class<? extends Worker<A, R>> workerClass;
    private final List<TaskMonitor> monitors = new ArrayList<>();
    private final List<ProgressListener> progress = new ArrayList<>();
    private @Nullable Config config;
    private @Nullable ActorSystem<?> system;
    private @Nullable Executor completionExecutor;
    private boolean verbose;

    MasterBuilder(Class<? extends Worker<A, R>> workerClass) {
        this.workerClass = Objects.requireNonNull(workerClass, "workerClass");
    }

    /**
     * Subscribes a monitor. May be called several times; monitors are told in the order of subscribing.
     *
     * @param monitor the monitor
     * @return this builder
     */
    public MasterBuilder<A, R> monitor(TaskMonitor monitor) {
        monitors.add(Objects.requireNonNull(monitor, "monitor"));
        return this;
    }

    /**
     * Subscribes to the progress of every run. May be called several times.
     *
     * @param listener told of each result right before it is handed out
     * @return this builder
     */
    public MasterBuilder<A, R> progress(ProgressListener listener) {
        progress.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Sets the configuration, over that of an {@code application.conf} and under that of system properties. Only what
     * stands under {@code pipelinebox} is looked at; {@code reference.conf} documents every key.
     *
     * @param settings the configuration
     * @return this builder
     */
    public MasterBuilder<A, R> config(Config settings) {
        config = Objects.requireNonNull(settings, "settings");
        return this;
    }

    /**
     * Embeds the master in an actor system of the application's. {@link Master#close} takes away what the master had in
     * it, and never terminates it; if the system ends first, the master is closed, and its workers end. Several masters,
     * of different worker classes, may live in one system.
     *
     * <p>If the system is clustered (its {@code akka.actor.provider} is {@code cluster}), the master's actors live in it
     * and the workers join its cluster, with the role {@code pipelinebox-worker}; they take over what members have to
     * agree on. Otherwise the master has a private actor system beside it.
     *
     * <p>Neither {@link #start} nor {@link Master#close} should be called by an actor, since they wait.
     *
     * @param actorSystem the actor system; a classic one is {@code Adapter.toTyped(classic)}
     * @return this builder
     */
    public MasterBuilder<A, R> actorSystem(ActorSystem<?> actorSystem) {
        system = Objects.requireNonNull(actorSystem, "actorSystem");
        return this;
    }

    /**
     * Sets where answers are read and handed over: the stages of {@code ask} and {@code askAll} are completed there, with
     * the actions that depend on them, and so are those of {@code drain} and of a worker's handle; {@code processor} gives
     * its signals there. A thread of the master's gives them to it, one after the other, and nothing else: if the executor
     * blocks since it is full, later answers wait, and the master goes on. If it is shut down or refuses them, or would run
     * them on the calling thread, the common pool stands in. What it has taken it must run: answers that {@code
     * shutdownNow} drops never come.
     *
     * @param executor the executor; never closed by the master. The default is the common pool
     * @return this builder
     */
    public MasterBuilder<A, R> completionExecutor(Executor executor) {
        completionExecutor = Objects.requireNonNull(executor, "executor");
        return this;
    }

    /**
     * Has the master tell on standard output, in a line each, what it and its workers do.
     *
     * @param on whether it does; {@code false} is the default
     * @return this builder
     */
    public MasterBuilder<A, R> verbose(boolean on) {
        verbose = on;
        return this;
    }

    /**
     * Starts the master, which takes about a second; its workers come by {@code addWorker}.
     *
     * @return the running master, to be closed by the caller
     * @throws InvalidWorkerClassException if the worker class cannot be used
     * @throws InvalidConfigException if a key or value under {@code pipelinebox} is wrong, or workers could not join the
     *     cluster of the actor system that was given
     * @throws IllegalStateException if the actor system that was given is terminated
     */
    public Master<A, R> start() {
        new Thread(PayloadCodec::prepare, "pipelinebox-preparation").start();
        ActorSystemOwner home = ActorSystemOwner.of(system);
        MasterSettings settings = MasterSettings.load(config, home.cluster());
        WorkerClass type = WorkerClass.of(workerClass);
        List<TaskMonitor> told = new ArrayList<>(monitors);
        if (verbose) {
            told.add(new VerboseMonitor(StandardStreams::out));
        }
        return new Master<>(
                type, settings, home, told, List.copyOf(progress), new CallbackExecutor(completionExecutor));
    }
}
