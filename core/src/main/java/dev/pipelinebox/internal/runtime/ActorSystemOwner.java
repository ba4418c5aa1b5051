package dev.pipelinebox.internal.runtime;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import dev.pipelinebox.api.InvalidConfigException;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import dev.pipelinebox.internal.cluster.ActorSystemSettings;
import dev.pipelinebox.internal.cluster.ApplicationCluster;
import dev.pipelinebox.internal.event.EventBus;
import dev.pipelinebox.internal.master.MasterCommand;
import dev.pipelinebox.internal.schedule.Quarantine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Where a master's actors live: in the application's actor system if that was given and is clustered, otherwise in one
 * of the master's own, which ends with it. Thread-safe.
 */
public final class ActorSystemOwner {

    private static final long LONGEST_START_SECONDS = 30;

    private static final AtomicLong COUNT = new AtomicLong();

    private final String name = "pipelinebox-" + COUNT.incrementAndGet();
    private final @Nullable ActorSystem<?> host;
    private final ClusterSpec cluster;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private volatile @Nullable ActorSystem<?> own;
    private volatile @Nullable ActorRef<MasterGuardian.Stop> guardian;
    private volatile @Nullable Throwable failure;

    private ActorSystemOwner(@Nullable ActorSystem<?> host, ClusterSpec cluster) {
        this.host = host;
        this.cluster = cluster;
    }

    /**
     * Looks for one.
     *
     * @throws InvalidConfigException if workers could not join the cluster of the application's actor system
     */
    public static ActorSystemOwner of(@Nullable ActorSystem<?> host) {
        if (host != null && ApplicationCluster.isIn(host)) {
            return new ActorSystemOwner(host, ApplicationCluster.of(host));
        }
        return new ActorSystemOwner(host, ClusterSpec.PRIVATE);
    }

    /** What the workers join. */
    public ClusterSpec cluster() {
        return cluster;
    }

    /** The name of what the master has in the application's actor system; unique in this JVM. */
    String name() {
        return name;
    }

    /** The application's actor system. */
    @Nullable
    ActorSystem<?> host() {
        return host;
    }

    /** Starts the master's actor, and all that belongs to it. */
    public ActorRef<MasterCommand> start(
            MasterSettings settings, WorkerLaunch launch, EventBus hub, Quarantine quarantine) {
        CompletableFuture<ActorRef<MasterCommand>> started = new CompletableFuture<>();
        CompletionStage<Void> tooEarly = gone;
        tooEarly.thenRun(() -> started.cancel(false));
        try {
            if (host != null && cluster.shared()) {
                guardian = host.systemActorOf(
                        guardian(settings, launch, hub, quarantine, started, () -> gone.complete(null)),
                        name,
                        Props.empty());
            } else {
                ActorSystem<MasterGuardian.Stop> system = ActorSystemSettings.start(
                        guardian(settings, launch, hub, quarantine, started, () -> {}),
                        ClusterSpec.SYSTEM_NAME,
                        ActorSystemSettings.master(settings.akka()));
                own = system;
                system.getWhenTerminated().whenComplete((done, problem) -> gone.complete(null));
            }
            return started.orTimeout(LONGEST_START_SECONDS, TimeUnit.SECONDS).join();
        } catch (RuntimeException unstarted) {
            end();
            launch.close();
            throw host == null ? unstarted : unusable(host, unstarted);
        }
    }

    private Behavior<MasterGuardian.Stop> guardian(
            MasterSettings settings,
            WorkerLaunch launch,
            EventBus hub,
            Quarantine quarantine,
            CompletableFuture<ActorRef<MasterCommand>> started,
            Runnable onEnd) {
        return MasterGuardian.create(
                settings.engine(), launch.starter(), hub, quarantine, started, thrown -> failure = thrown, onEnd);
    }

    /** The actor system that other actors find the master in. */
    ActorSystem<?> front() {
        ActorSystem<?> outside = host == null ? own : host;
        if (outside == null) {
            throw new IllegalStateException("Not started");
        }
        return outside;
    }

    /** Completes when nothing of the master's actors is left. */
    CompletableFuture<Void> gone() {
        return gone;
    }

    /** What has ended the master's actors, if that was an error of their own. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Ends the master's actors, and the actor system if it is the master's own. */
    public void end() {
        ActorSystem<?> system = own;
        if (system != null) {
            system.terminate();
        }
        ActorRef<MasterGuardian.Stop> parent = guardian;
        if (parent != null) {
            parent.tell(MasterGuardian.Stop.NOW);
        }
    }

    static IllegalStateException unusable(ActorSystem<?> host, RuntimeException problem) {
        return new IllegalStateException(
                "The master could not be started in the actor system " + host.name()
                        + "; give it one that is not terminated",
                problem);
    }
}
