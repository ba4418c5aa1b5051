package dev.pipelinebox;

import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import dev.pipelinebox.api.Hosts;
import dev.pipelinebox.api.InvalidConfigException;
import dev.pipelinebox.api.InvalidWorkerClassException;
import dev.pipelinebox.api.ProgressListener;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.api.Worker;
import dev.pipelinebox.internal.runtime.MasterListeners;
import dev.pipelinebox.internal.runtime.MasterRuntime;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
    private Optional<Hosts> hosts = Optional.empty();
    private boolean verbose;

    MasterBuilder(Class<? extends Worker<A, R>> workerClass) {
        this.workerClass = Objects.requireNonNull(workerClass, "workerClass");
    }

    /**
     * Subscribes a monitor. May be called several times; monitors are called in the order of subscribing.
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
     * @param listener called for each result right before the reader gets it
     * @return this builder
     */
    public MasterBuilder<A, R> progress(ProgressListener listener) {
        progress.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Sets the configuration, over that of an {@code application.conf} and under that of system properties. Only
     * keys under {@code pipelinebox} are read; {@code reference.conf} documents every key.
     *
     * @param settings the configuration
     * @return this builder
     */
    public MasterBuilder<A, R> config(Config settings) {
        config = Objects.requireNonNull(settings, "settings");
        return this;
    }

    /**
     * Embeds the master in an actor system of the application's. {@link Master#close} removes the master's actors from it,
     * and never terminates it; if the system ends first, the master is closed, and its workers end. One system may hold
     * several masters, of different worker classes.
     *
     * <p>If the system is clustered (its {@code akka.actor.provider} is {@code cluster}), the master's actors run in it
     * and the workers join its cluster, with the role {@code pipelinebox-worker}; they take over the settings that members
     * of a cluster must share. Otherwise the master has a private actor system beside it.
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
     * Has workers run on other machines, too. The master then listens for them at a port, with mutual TLS 1.3.
     *
     * @param machines how they are reached
     * @return this builder
     */
    public MasterBuilder<A, R> hosts(Hosts machines) {
        hosts = Optional.of(machines);
        return this;
    }

    /**
     * Sets where results are decoded and stages are completed: the stages of {@code ask} and {@code askAll} with their
     * dependent actions, and those of {@code drain} and of a worker's handle; {@code processor} gives its signals there. A
     * separate thread of the master submits these callbacks to the executor, one after the other: if the executor blocks
     * because it is full, later callbacks wait, and the master goes on. If the executor is shut down, rejects a callback,
     * or would run it on the submitting thread, the common pool is used instead. The executor must run what it has
     * accepted: stages of callbacks that {@code shutdownNow} drops are never completed.
     *
     * @param executor the executor; never closed by the master. The default is the common pool
     * @return this builder
     */
    public MasterBuilder<A, R> completionExecutor(Executor executor) {
        completionExecutor = Objects.requireNonNull(executor, "executor");
        return this;
    }

    /**
     * Has the master print its events to standard output, one line each.
     *
     * @param on whether it prints them; {@code false} is the default
     * @return this builder
     */
    public MasterBuilder<A, R> verbose(boolean on) {
        verbose = on;
        return this;
    }

    /**
     * Starts the master, which takes about a second; workers are added by {@code addWorker}.
     *
     * @return the running master, to be closed by the caller
     * @throws InvalidWorkerClassException if the worker class cannot be used, or is in no jar or folder that another process
     *     can open
     * @throws InvalidConfigException if a key or value under {@code pipelinebox} is wrong, or workers could not join the
     *     cluster of the actor system that was given
     * @throws IllegalStateException if the actor system that was given is terminated
     * @throws UncheckedIOException if the temporary directory cannot be written, or jars that are nested in another one
     *     cannot be unpacked there or into the user's cache directory
     */
    public Master<A, R> start() {
        MasterListeners listeners = MasterListeners.of(monitors, verbose, progress, completionExecutor);
        return new Master<>(MasterRuntime.start(workerClass, config, system, listeners, hosts));
    }
}
