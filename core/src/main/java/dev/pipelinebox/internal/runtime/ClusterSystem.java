package dev.pipelinebox.internal.runtime;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import dev.pipelinebox.internal.cluster.ActorSystemSettings;
import dev.pipelinebox.internal.master.ClusterCommand;
import dev.pipelinebox.internal.master.ClusterLauncher;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The clustered actor system of a master whose own actors are in another one: started when it is needed, and ended with the
 * master, also while it starts. Thread-safe.
 */
final class ClusterSystem implements ClusterLauncher {

    private final ClusterSpec cluster;
    private final Map<String, String> akka;
    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();
    private final CompletableFuture<Void> endedAlone = new CompletableFuture<>();
    private @Nullable CompletableFuture<ActorSystem<ClusterCommand>> starting;
    private boolean isEnding;

    /** Nothing is started yet. The context class loader of the calling thread becomes that of the system. */
    ClusterSystem(ClusterSpec cluster, Map<String, String> akka) {
        this.cluster = cluster;
        this.akka = akka;
    }

    @Override
    public synchronized CompletionStage<ActorRef<ClusterCommand>> launch(Behavior<ClusterCommand> guardian) {
        CompletableFuture<ActorSystem<ClusterCommand>> system = new CompletableFuture<>();
        if (!isEnding) {
            starting = system;
            try {
                Thread thread = new Thread(() -> start(guardian, system), "pipelinebox-cluster");
                thread.setContextClassLoader(loader);
                thread.start();
            } catch (Throwable noThread) {
                system.completeExceptionally(noThread);
            }
        }
        return system.thenApply(started -> started);
    }

    private void start(Behavior<ClusterCommand> guardian, CompletableFuture<ActorSystem<ClusterCommand>> system) {
        try {
            ActorSystem<ClusterCommand> started =
                    ActorSystemSettings.startBesideApplication(guardian, cluster, ActorSystemSettings.master(akka));
            CompletionStage<Done> terminated = started.getWhenTerminated();
            terminated.thenRun(this::onTerminated);
            system.complete(started);
        } catch (Throwable unstartable) {
            system.completeExceptionally(unstartable);
        }
    }

    private synchronized void onTerminated() {
        if (!isEnding) {
            endedAlone.complete(null);
        }
    }

    /** Completes if it ends before it is ended, as after a fatal error: workers in the cluster then take the master for lost. */
    CompletionStage<Void> endedAlone() {
        return endedAlone;
    }

    /** Ends it, or sees to it that it is never started; the stage completes when it has ended. */
    synchronized CompletionStage<Void> end() {
        isEnding = true;
        CompletableFuture<ActorSystem<ClusterCommand>> system = starting;
        return system == null
                ? CompletableFuture.completedStage(null)
                : system.thenCompose(ClusterSystem::terminated).exceptionally(notStarted -> null);
    }

    private static CompletionStage<Void> terminated(ActorSystem<?> system) {
        system.terminate();
        CompletionStage<Done> terminated = system.getWhenTerminated();
        return terminated.thenRun(() -> {});
    }
}
