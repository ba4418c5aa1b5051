package dev.pipelinebox.internal.runtime;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import dev.pipelinebox.api.HostHandle;
import dev.pipelinebox.api.Hosts;
import dev.pipelinebox.api.InvalidConfigException;
import dev.pipelinebox.api.InvalidWorkerClassException;
import dev.pipelinebox.api.QuarantinedTask;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.internal.client.CallbackExecutor;
import dev.pipelinebox.internal.client.MasterClient;
import dev.pipelinebox.internal.client.OutcomeDecoder;
import dev.pipelinebox.internal.codec.PayloadCodec;
import dev.pipelinebox.internal.codec.WorkerClass;
import dev.pipelinebox.internal.event.EventBus;
import dev.pipelinebox.internal.master.MasterCommand;
import dev.pipelinebox.internal.remote.RemoteHosts;
import dev.pipelinebox.internal.schedule.Quarantine;
import dev.pipelinebox.internal.submit.RunSettings;
import dev.pipelinebox.internal.submit.RunStarter;
import dev.pipelinebox.internal.submit.Submissions;
import dev.pipelinebox.internal.submit.ask.QuarantinedAsk;
import dev.pipelinebox.internal.submit.pipeline.PipelineStage;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of one master, built in order; if one of them cannot be built, those before it are closed again. Closing it
 * ends the master.
 */
public final class MasterRuntime<A extends @Nullable Object, R extends @Nullable Object> implements AutoCloseable {

    /** The most bytes of arguments that the quarantine keeps. */
    private static final long QUARANTINE_BYTES = 64L << 20;

    private final WorkerClass workerClass;
    private final CallbackExecutor callbacks;
    private final Quarantine quarantine;
    private final MasterClient client;
    private final ShutdownSequence shutdown;
    private final PayloadCodec codec;
    private final OutcomeDecoder decoder;
    private final Optional<RemoteHosts> hosts;
    private final WorkerFactory workers;
    private final Submissions<A, R> submissions;
    private final RunStarter<A, R> runs;
    private final ActorRef<Object> ref;

    private MasterRuntime(
            WorkerClass workerClass,
            MasterSettings settings,
            ActorSystemOwner owner,
            MasterListeners listeners,
            Optional<Hosts> hosts) {
        this.workerClass = workerClass;
        this.callbacks = listeners.callbacks();
        this.quarantine = new Quarantine(settings.engine().schedule().quarantine(), QUARANTINE_BYTES);
        HostsOpener opener = new HostsOpener(hosts);
        WorkerLaunch launch = WorkerLaunch.of(settings, workerClass.workerClass(), opener);
        this.hosts = launch.hosts();
        Runnable unwind = launch::close;
        try {
            EventBus events = new EventBus(listeners.monitors());
            launch.begin(settings.engine().worker().process());
            unwind = () -> {
                owner.end();
                launch.close();
            };
            ActorRef<MasterCommand> actor = owner.start(settings, launch.processes(), events, quarantine);
            opener.started(actor::tell);
            this.client = new MasterClient(actor, settings::policy, settings.asks(), callbacks);
            MasterEndpoint endpoint = new MasterEndpoint(owner);
            this.shutdown = new ShutdownSequence(
                    client, owner, endpoint, launch, settings.engine().pool().grace());
            if (settings.closedAtExit()) {
                shutdown.addHook();
            }
            unwind = shutdown::now;
            // Not before the actor system: meanwhile another thread has loaded the classes that the codec needs.
            this.codec = new PayloadCodec(workerClass, settings.maxPayloadBytes());
            this.decoder = new OutcomeDecoder(codec, codec);
            this.workers = new WorkerFactory(workerClass, client, launch);
            RunSettings runSettings = settings.runs();
            this.submissions = new Submissions<>(
                    client.submitter(), decoder, runSettings::newWindow, listeners.progress(), callbacks);
            this.runs = new RunStarter<>(client, submissions, runSettings.newBacklogLimit());
            this.ref = endpoint.open(
                    onEnd -> EndpointActor.<A, R>create(
                            client::submitter, decoder, client.askAdmission(), events, onEnd),
                    shutdown);
            this.hosts.ifPresent(opener::await);
        } catch (Throwable failure) {
            unwind.run();
            throw failure;
        }
    }

    /**
     * Starts a master for workers of a class, in an actor system of the application's if one is given.
     *
     * @throws InvalidConfigException if a setting is wrong
     * @throws InvalidWorkerClassException if the worker class cannot be used
     * @throws IllegalStateException if the actor system is terminated
     */
    public static <A extends @Nullable Object, R extends @Nullable Object> MasterRuntime<A, R> start(
            Class<?> workerClass,
            @Nullable Config config,
            @Nullable ActorSystem<?> application,
            MasterListeners listeners,
            Optional<Hosts> hosts) {
        new Thread(PayloadCodec::prepare, "pipelinebox-preparation").start();
        ActorSystemOwner owner = ActorSystemOwner.of(application);
        MasterSettings settings = MasterSettings.load(config, owner.cluster());
        return new MasterRuntime<>(WorkerClass.of(workerClass), settings, owner, listeners, hosts);
    }

    public WorkerFactory workers() {
        return workers;
    }

    public RunStarter<A, R> runs() {
        return runs;
    }

    public Submissions<A, R> submissions() {
        return submissions;
    }

    /** Submits all tasks with these options. */
    public Submissions<A, R> submissions(TaskOptions options) {
        return submissions.over(client.submitter(options));
    }

    /** Submits each task with the options of its argument. */
    public Submissions<A, R> submissions(Function<? super A, TaskOptions> options) {
        Objects.requireNonNull(options, "options");
        return submissions.each(argument ->
                client.submitter(Objects.requireNonNull(options.apply(argument), "the options of an argument")));
    }

    /** The machines on which workers may run; without any if none were asked for. */
    public List<HostHandle> hosts() {
        return hosts.map(RemoteHosts::handles).orElse(List.of());
    }

    public MasterClient client() {
        return client;
    }

    public List<QuarantinedTask<R>> quarantined() {
        return QuarantinedAsk.all(quarantine, client, decoder, callbacks);
    }

    /** The master as a stage of a pipeline; stages are numbered from 1. */
    public PipelineStage stage(int number) {
        return new PipelineStage(number, workerClass.workerClass().getName(), client.submitter(), codec);
    }

    /** The actor that other actors send messages to. */
    public ActorRef<Object> ref() {
        return ref;
    }

    /** Ends the master; running tasks are interrupted. */
    public void halt() {
        shutdown.now();
    }

    /** Ends the master; running tasks may finish. */
    @Override
    public void close() {
        shutdown.orderly();
    }
}
