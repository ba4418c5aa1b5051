package dev.pipelinebox;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import dev.pipelinebox.api.InvalidConfigException;
import dev.pipelinebox.master.MasterCommand;
import dev.pipelinebox.master.Quarantine;
import dev.pipelinebox.monitor.MonitorHub;
import dev.pipelinebox.protocol.AkkaSettings;
import dev.pipelinebox.protocol.HostCluster;
import dev.pipelinebox.protocol.Launcher;
import dev.pipelinebox.protocol.WorkerCluster;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Where a master's actors live: in the application's actor system if that was given and is clustered, otherwise in one
 * of the master's own, which ends with it. Thread-safe.
 */
final class Home {

    private static final long LONGEST_START_SECONDS = 30;

    private static final AtomicLong COUNT = new AtomicLong();

    private final String name = "pipelinebox-" + COUNT.incrementAndGet();
    private final @Nullable ActorSystem<?> host;
    private final WorkerCluster cluster;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private volatile @Nullable ActorSystem<?> own;
    private volatile @Nullable ActorRef<Guardian.Stop> guardian;
    private volatile @Nullable Throwable failure;

    private Home(@Nullable ActorSystem<?> host, WorkerCluster cluster) {
        this.host = host;
        this.cluster = cluster;
    }

    /**
     * Looks for one.
     *
     * @throws InvalidConfigException if workers could not join the cluster of the application's actor system
     */
    static Home of(@Nullable ActorSystem<?> host) {
        if (host != null && HostCluster.isIn(host)) {
            return new Home(host, HostCluster.of(host));
        }
        return new Home(host, WorkerCluster.PRIVATE);
    }

    /** What the workers join. */
    WorkerCluster cluster() {
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
    ActorRef<MasterCommand> start(Settings settings, Launcher launcher, MonitorHub hub, Quarantine quarantine) {
        CompletableFuture<ActorRef<MasterCommand>> started = new CompletableFuture<>();
        CompletionStage<Void> tooEarly = gone;
        tooEarly.thenRun(() -> started.cancel(false));
        try {
            if (host != null && cluster.shared()) {
                guardian = host.systemActorOf(
                        guardian(settings, launcher, hub, quarantine, started, () -> gone.complete(null)),
                        name,
                        Props.empty());
            } else {
                ActorSystem<Guardian.Stop> system = AkkaSettings.start(
                        guardian(settings, launcher, hub, quarantine, started, () -> {}),
                        AkkaSettings.SYSTEM_NAME,
                        AkkaSettings.master(settings.akka()));
                own = system;
                system.getWhenTerminated().whenComplete((done, problem) -> gone.complete(null));
            }
            return started.orTimeout(LONGEST_START_SECONDS, TimeUnit.SECONDS).join();
        } catch (RuntimeException unstarted) {
            end();
            launcher.close();
            throw host == null ? unstarted : unusable(host, unstarted);
        }
    }

    private Behavior<Guardian.Stop> guardian(
            Settings settings,
            Launcher launcher,
            MonitorHub hub,
            Quarantine quarantine,
            CompletableFuture<ActorRef<MasterCommand>> started,
            Runnable onEnd) {
        return Guardian.create(settings.pool(), launcher, hub, quarantine, started, thrown -> failure = thrown, onEnd);
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
    void end() {
        ActorSystem<?> system = own;
        if (system != null) {
            system.terminate();
        }
        ActorRef<Guardian.Stop> parent = guardian;
        if (parent != null) {
            parent.tell(Guardian.Stop.NOW);
        }
    }

    static IllegalStateException unusable(ActorSystem<?> host, RuntimeException problem) {
        return new IllegalStateException(
                "The master could not be started in the actor system " + host.name()
                        + "; give it one that is not terminated",
                problem);
    }
}
