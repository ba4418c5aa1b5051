package dev.pipelinebox.internal.runtime;

import akka.Done;
import akka.actor.Cancellable;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import com.typesafe.config.Config;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The master's endpoint in the actor system that its users see: the actor behind {@code Master#ref()}, and, if the system
 * is the application's, a task of its coordinated shutdown. Thread-safe.
 */
final class MasterEndpoint {

    private final ActorSystemOwner owner;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile @Nullable ActorRef<Object> actor;
    private volatile @Nullable Cancellable shutdownTask;
    private volatile boolean closing;

    MasterEndpoint(ActorSystemOwner owner) {
        this.owner = owner;
    }

    /** Whether the application's coordinated shutdown runs when the JVM ends, and closes the master. */
    boolean endsWithProgram() {
        ActorSystem<?> application = owner.application();
        if (application == null) {
            return false;
        }
        Config config = application.settings().config();
        return config.getBoolean("akka.jvm-shutdown-hooks")
                && config.getBoolean("akka.coordinated-shutdown.run-by-jvm-shutdown-hook");
    }

    /**
     * Spawns the actor; its behaviour is given the action to run at its end. A coordinated shutdown of the application
     * stops the workers before the system leaves its cluster. If the actor ends without {@link #close}, the master ends.
     */
    ActorRef<Object> open(Function<Runnable, Behavior<Object>> behavior, ShutdownSequence shutdown) {
        try {
            ActorRef<Object> opened = owner.outerSystem()
                    .systemActorOf(
                            behavior.apply(() -> onEnd(shutdown)),
                            owner.name() + "-endpoint",
                            DispatcherSelector.blocking());
            actor = opened;
            ActorSystem<?> application = owner.application();
            if (application != null) {
                String phase = CoordinatedShutdown.PhaseBeforeClusterShutdown();
                shutdownTask = CoordinatedShutdown.get(application)
                        .addCancellableTask(phase, owner.name(), () -> onOwnThread(shutdown::withApplication));
            }
            return opened;
        } catch (RuntimeException unopened) {
            throw ActorSystemOwner.unusable(owner.outerSystem(), unopened);
        }
    }

    /** Ends the actor after the messages that were sent before, and removes the shutdown task. */
    CompletableFuture<Void> close() {
        closing = true;
        Cancellable registered = shutdownTask;
        if (registered != null) {
            registered.cancel();
        }
        ActorRef<Object> opened = actor;
        if (opened == null) {
            closed.complete(null);
        } else {
            opened.tell(EndpointActor.Close.NOW);
        }
        return closed;
    }

    private void onEnd(ShutdownSequence shutdown) {
        closed.complete(null);
        if (!closing) {
            shutdown.abandoned();
        }
    }

    /** The shutdown waits for processes, so it needs a thread of its own. */
    private static CompletionStage<Done> onOwnThread(Runnable orderly) {
        CompletableFuture<Done> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        orderly.run();
                    } finally {
                        done.complete(Done.getInstance());
                    }
                },
                "pipelinebox-application-shutdown");
        thread.start();
        return done;
    }
}
