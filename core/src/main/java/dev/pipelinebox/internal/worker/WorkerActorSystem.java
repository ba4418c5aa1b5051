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

    /** Now it is known. */
    private record Begin(Bootstrap bootstrap, TaskRunner runner) {}

    private final WorkerEnvironment host;
    private final CompletableFuture<ActorSystem<Begin>> started = new CompletableFuture<>();

    private WorkerActorSystem(WorkerEnvironment host) {
        this.host = host;
    }

    static WorkerActorSystem start(EarlyBootstrap prelude, WorkerEnvironment host) {
        WorkerActorSystem system = new WorkerActorSystem(host);
        new Thread(() -> system.create(prelude), "pipelinebox-akka").start();
        return system;
    }

    /** Has it speak with the master. */
    void begin(Bootstrap bootstrap, TaskRunner runner) {
        CompletionStage<ActorSystem<Begin>> up = started;
        up.thenAccept(system -> system.tell(new Begin(bootstrap, runner)));
    }

    private void create(EarlyBootstrap prelude) {
        try {
            ActorSystem<Begin> system = ActorSystemSettings.start(
                    guardian(host), prelude.cluster().system(), ActorSystemSettings.worker(prelude));
            system.getWhenTerminated().thenRun(host::masterLost);
            started.complete(system);
        } catch (Throwable unstartable) {
            host.unstartable(unstartable);
        }
    }

    private static Behavior<Begin> guardian(WorkerEnvironment host) {
        return Behaviors.setup(context -> Behaviors.receive(Begin.class)
                .onMessage(Begin.class, begin -> {
                    context.watch(context.spawn(WorkerActor.create(begin.bootstrap(), begin.runner(), host), "worker"));
                    return Behaviors.same();
                })
                .onSignal(Terminated.class, gone -> Behaviors.stopped())
                .build());
    }
}
