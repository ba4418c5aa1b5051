package dev.pipelinebox.internal.runtime;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import com.typesafe.config.Config;
import dev.pipelinebox.api.InvalidConfigException;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import dev.pipelinebox.internal.cluster.ActorSystemSettings;
import dev.pipelinebox.internal.cluster.ApplicationCluster;
import dev.pipelinebox.internal.event.EventBus;
import dev.pipelinebox.internal.master.MasterCommand;
import dev.pipelinebox.internal.master.ProcessFactory;
import dev.pipelinebox.internal.os.TimeLimits;
import dev.pipelinebox.internal.schedule.Quarantine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The actor system of a master's actors: the application's, if that was given and is clustered, otherwise one of the
 * master's own, which ends with it. Thread-safe.
 */
final class ActorSystemOwner {

    private static final long START_TIMEOUT_SECONDS = 30;

    private static final AtomicLong COUNT = new AtomicLong();

    private final String name = "pipelinebox-" + COUNT.incrementAndGet();
    private final @Nullable ActorSystem<?> application;
    private final ClusterSpec cluster;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile @Nullable ActorSystem<?> own;
    private volatile @Nullable ClusterSystem clusterSystem;
    private volatile @Nullable ActorRef<MasterGuardian.Stop> guardian;
    private volatile @Nullable Throwable failure;

    private ActorSystemOwner(@Nullable ActorSystem<?> application, ClusterSpec cluster) {
        this.application = application;
        this.cluster = cluster;
    }

    /**
     * Chooses the actor system; none is started yet.
     *
     * @throws InvalidConfigException if workers could not join the cluster of the application's actor system
     */
    static ActorSystemOwner of(@Nullable ActorSystem<?> application) {
        if (application != null && ApplicationCluster.isIn(application)) {
            return new ActorSystemOwner(application, ApplicationCluster.of(application));
        }
        return new ActorSystemOwner(application, ClusterSpec.createPrivate());
    }

    /** The cluster that the workers join. */
    ClusterSpec cluster() {
        return cluster;
    }

    /** Names the master's actors in the application's actor system; unique in this JVM. */
    String name() {
        return name;
    }

    /** The application's actor system, if one was given, even if the master's actors are in another. */
    @Nullable
    ActorSystem<?> application() {
        return application;
    }

    /** Starts the master's actor with its guardian. If that fails, {@link #end} cleans up. */
    ActorRef<MasterCommand> start(
            MasterSettings settings, ProcessFactory processes, EventBus events, Quarantine quarantine) {
        CompletableFuture<ActorRef<MasterCommand>> started = new CompletableFuture<>();
        CompletionStage<Void> endedEarly = ended;
        endedEarly.thenRun(() -> started.cancel(false));
        try {
            if (application != null && cluster.isShared()) {
                guardian = application.systemActorOf(
                        guardian(settings, processes, events, quarantine, started, () -> ended.complete(null)),
                        name,
                        Props.empty());
            } else {
                startOwn(settings, processes, events, quarantine, started);
            }
            return TimeLimits.fail(started, Duration.ofSeconds(START_TIMEOUT_SECONDS))
                    .join();
        } catch (RuntimeException unstarted) {
            throw application == null ? unstarted : unusable(application, unstarted);
        }
    }

    /** The master's actors are in the cluster only if that is how they reach the workers; otherwise it is started later. */
    private void startOwn(
            MasterSettings settings,
            ProcessFactory processes,
            EventBus events,
            Quarantine quarantine,
            CompletableFuture<ActorRef<MasterCommand>> started) {
        if (processes.sockets().isEmpty()) {
            ActorSystem<?> system = startOwn(
                    guardian(settings, processes, events, quarantine, started, () -> {}),
                    ActorSystemSettings.master(settings.akka()));
            system.getWhenTerminated().whenComplete((done, problem) -> ended.complete(null));
            return;
        }
        ClusterSystem later = new ClusterSystem(cluster, settings.akka());
        ActorSystem<?> system = startOwn(
                guardian(settings, processes.inClusterOf(later), events, quarantine, started, () -> {}),
                ActorSystemSettings.masterAlone(settings.akka()));
        clusterSystem = later;
        later.endedAlone().thenRun(() -> {
            failure = new IllegalStateException("The actor system of the cluster has ended by itself");
            system.terminate();
        });
        CompletionStage<Done> terminated = system.getWhenTerminated();
        terminated.thenCompose(done -> later.end()).whenComplete((done, problem) -> ended.complete(null));
    }

    private ActorSystem<?> startOwn(Behavior<MasterGuardian.Stop> guardian, Config config) {
        ActorSystem<?> system = ActorSystemSettings.start(guardian, cluster, config);
        own = system;
        return system;
    }

    private Behavior<MasterGuardian.Stop> guardian(
            MasterSettings settings,
            ProcessFactory processes,
            EventBus events,
            Quarantine quarantine,
            CompletableFuture<ActorRef<MasterCommand>> started,
            Runnable onEnd) {
        return MasterGuardian.create(
                settings.engine(), processes, events, quarantine, started, thrown -> failure = thrown, onEnd);
    }

    /** The actor system of the endpoint: the application's, or the master's own. */
    ActorSystem<?> outerSystem() {
        ActorSystem<?> system = application == null ? own : application;
        if (system == null) {
            throw new IllegalStateException("Not started");
        }
        return system;
    }

    /** Completes when all actors of the master have ended. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** The error that ended the master's actors, if it was one of their own. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Ends the master's actors, and the actor system if it is the master's own. */
    void end() {
        ActorSystem<?> system = own;
        ClusterSystem later = clusterSystem;
        if (later != null) {
            later.end();
        }
        if (system != null) {
            system.terminate();
        }
        ActorRef<MasterGuardian.Stop> parent = guardian;
        if (parent != null) {
            parent.tell(MasterGuardian.Stop.NOW);
        }
    }

    static IllegalStateException unusable(ActorSystem<?> application, RuntimeException problem) {
        return new IllegalStateException(
                "The master could not be started in the actor system " + application.name()
                        + "; give it one that is not terminated",
                problem);
    }
}
