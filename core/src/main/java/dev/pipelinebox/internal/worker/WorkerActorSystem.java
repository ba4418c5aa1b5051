package dev.pipelinebox.internal.worker;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.Behaviors;
import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.bootstrap.EarlyBootstrap;
import dev.pipelinebox.internal.cluster.ActorSystemSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/**
 * The actor system of a worker's process, which is started in the background. If the link needs it, that is at once, even
 * before it is known whose worker it is, and the process ends with it. Otherwise it is when the process has to join the
 * cluster, and the worker runs on if there can be none. Thread-safe.
 */
final class WorkerActorSystem {

    private sealed interface Command {}

    /** It is known whose worker it is, and the link is Artery's. */
    private record Begin(Bootstrap bootstrap, TaskRunner runner) implements Command {}

    /** The master has the process join the cluster of this node. */
    private record Join(Bootstrap bootstrap, String node) implements Command {}

    /** The master knows that the worker has stopped. */
    private enum Stopped implements Command {
        NOW
    }

    private final EarlyBootstrap early;
    private final WorkerEnvironment environment;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<ActorSystem<Command>> started = new CompletableFuture<>();
    private CompletionStage<ActorSystem<Command>> last = started;
    private volatile boolean isUp;
    private volatile boolean isStopping;

    private WorkerActorSystem(EarlyBootstrap early, WorkerEnvironment environment) {
        this.early = early;
        this.environment = environment;
    }

    static WorkerActorSystem of(EarlyBootstrap early, WorkerEnvironment environment) {
        WorkerActorSystem system = new WorkerActorSystem(early, environment);
        if (system.isNeeded()) {
            system.start();
        }
        return system;
    }

    /** Without a socket, tasks come by way of it. */
    private boolean isNeeded() {
        return early.settings().directory().isEmpty();
    }

    private void start() {
        if (begun.compareAndSet(false, true)) {
            new Thread(this::create, "pipelinebox-akka").start();
        }
    }

    /** Has the worker speak with its master. */
    void begin(Bootstrap bootstrap, TaskRunner runner) {
        Optional<Path> directory = bootstrap.settings().process().directory();
        if (directory.isEmpty()) {
            start();
            tell(new Begin(bootstrap, runner));
        } else {
            SocketWorker.start(bootstrap, directory.get(), runner, new Membership(bootstrap), environment);
        }
    }

    /** In the order of the calls, also of those before the actor system is up. */
    private synchronized void tell(Command command) {
        last = last.thenApply(system -> {
            system.tell(command);
            return system;
        });
    }

    /** The same from a thread that is not the actor's. */
    private final class Membership implements TaskExchange.Membership {

        private final Bootstrap bootstrap;

        Membership(Bootstrap bootstrap) {
            this.bootstrap = bootstrap;
        }

        @Override
        public void join(String node) {
            tell(new Join(bootstrap, node));
            start();
        }

        /**
         * The master removes a member whose process has gone, so the process leaves only a shared cluster, and only if it
         * can do so at once.
         */
        @Override
        public void onStopped() {
            isStopping = true;
            if (isUp && ClusterJoin.isShared(bootstrap)) {
                tell(Stopped.NOW);
            } else {
                environment.onStopped();
            }
        }
    }

    private void create() {
        try {
            ActorSystem<Command> system = ActorSystemSettings.start(
                    guardian(environment), early.settings().cluster(), ActorSystemSettings.worker(early));
            isUp = true;
            system.getWhenTerminated().thenRun(this::onTerminated);
            started.complete(system);
        } catch (Throwable unstartable) {
            started.completeExceptionally(unstartable);
            if (isNeeded()) {
                environment.onUnstartable(unstartable);
            } else {
                LoggerFactory.getLogger(WorkerActorSystem.class)
                        .warn(
                                "This worker runs without the cluster, since its actor system cannot be started",
                                unstartable);
            }
        }
    }

    private void onTerminated() {
        isUp = false;
        if (isNeeded()) {
            environment.onMasterLost();
        } else if (isStopping) {
            environment.onStopped();
        } else {
            LoggerFactory.getLogger(WorkerActorSystem.class)
                    .warn("This worker runs without the cluster, since its actor system has ended");
        }
    }

    private static Behavior<Command> guardian(WorkerEnvironment environment) {
        return Behaviors.setup(context -> Behaviors.receive(Command.class)
                .onMessage(Begin.class, begin -> {
                    context.watch(context.spawn(
                            WorkerActor.create(begin.bootstrap(), begin.runner(), environment), "worker"));
                    return Behaviors.same();
                })
                .onMessage(Join.class, join -> {
                    ClusterJoin cluster = new ClusterJoin(context, join.bootstrap(), environment);
                    cluster.join(join.node());
                    return joined(cluster);
                })
                .onSignal(Terminated.class, gone -> Behaviors.stopped())
                .build());
    }

    private static Behavior<Command> joined(ClusterJoin cluster) {
        return Behaviors.receive(Command.class)
                .onMessageEquals(Stopped.NOW, () -> {
                    cluster.onStopped();
                    return Behaviors.same();
                })
                .build();
    }
}
