package dev.pipelinebox.internal.worker;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.Behaviors;
import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.bootstrap.EarlyBootstrap;
import dev.pipelinebox.internal.cluster.ActorSystemSettings;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The actor system of a worker's process. It comes up in the background, while the user's worker is built, or even before
 * it is known whose worker it is; it ends with the {@link WorkerActor}. Thread-safe.
 */
final class WorkerActorSystem {

    /** It is known whose worker it is. */
    private record Begin(Bootstrap bootstrap, TaskRunner runner) {}

    private final WorkerEnvironment environment;
    private final CompletableFuture<ActorSystem<Begin>> started = new CompletableFuture<>();

    private WorkerActorSystem(WorkerEnvironment environment) {
        this.environment = environment;
    }

    static WorkerActorSystem start(EarlyBootstrap early, WorkerEnvironment environment) {
        WorkerActorSystem system = new WorkerActorSystem(environment);
        new Thread(() -> system.create(early), "pipelinebox-akka").start();
        return system;
    }

    /** Spawns the actor that speaks with the master. */
    void begin(Bootstrap bootstrap, TaskRunner runner) {
        CompletionStage<ActorSystem<Begin>> up = started;
        up.thenAccept(system -> system.tell(new Begin(bootstrap, runner)));
    }

    private void create(EarlyBootstrap early) {
        try {
            ActorSystem<Begin> system = ActorSystemSettings.start(
                    guardian(environment), early.settings().cluster().system(), ActorSystemSettings.worker(early));
            system.getWhenTerminated().thenRun(environment::onMasterLost);
            started.complete(system);
        } catch (Throwable unstartable) {
            environment.onUnstartable(unstartable);
        }
    }

    private static Behavior<Begin> guardian(WorkerEnvironment environment) {
        return Behaviors.setup(context -> Behaviors.receive(Begin.class)
                .onMessage(Begin.class, begin -> {
                    context.watch(context.spawn(
                            WorkerActor.create(begin.bootstrap(), begin.runner(), environment), "worker"));
                    return Behaviors.same();
                })
                .onSignal(Terminated.class, gone -> Behaviors.stopped())
                .build());
    }
}
