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
 * What a master has in the actor system of those who use it: the actor that they speak with, and, if the system is the
 * application's, what is to be done as that ends. Thread-safe.
 */
public final class MasterEndpoint {

    private final ActorSystemOwner home;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile @Nullable ActorRef<Object> porter;
    private volatile @Nullable Cancellable task;
    private volatile boolean closing;

    public MasterEndpoint(ActorSystemOwner home) {
        this.home = home;
    }

    /** Tells whether the application's actor system is shut down in order as the program ends, and the master with it. */
    boolean endsWithProgram() {
        ActorSystem<?> host = home.host();
        if (host == null) {
            return false;
        }
        Config config = host.settings().config();
        return config.getBoolean("akka.jvm-shutdown-hooks")
                && config.getBoolean("akka.coordinated-shutdown.run-by-jvm-shutdown-hook");
    }

    /**
     * Opens it. If the system is shut down in order, the workers are stopped before it leaves its cluster; if the porter
     * ends otherwise than by {@link #close}, all is ended.
     *
     * @param behavior makes the porter of what it has to run at its end
     */
    public ActorRef<Object> open(Function<Runnable, Behavior<Object>> behavior, ShutdownSequence shutdown) {
        try {
            ActorRef<Object> opened = home.front()
                    .systemActorOf(
                            behavior.apply(() -> onEnd(shutdown)),
                            home.name() + "-porter",
                            DispatcherSelector.blocking());
            porter = opened;
            ActorSystem<?> host = home.host();
            if (host != null) {
                String phase = CoordinatedShutdown.PhaseBeforeClusterShutdown();
                task = CoordinatedShutdown.get(host)
                        .addCancellableTask(phase, home.name(), () -> onOwnThread(shutdown::withHost));
            }
            return opened;
        } catch (RuntimeException unopened) {
            shutdown.now();
            throw ActorSystemOwner.unusable(home.front(), unopened);
        }
    }

    /** Answers what has been said up to now, and takes away what it had in the system. */
    CompletableFuture<Void> close() {
        closing = true;
        Cancellable registered = task;
        if (registered != null) {
            registered.cancel();
        }
        ActorRef<Object> opened = porter;
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

    /** It waits for processes. */
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
                "pipelinebox-host-shutdown");
        thread.start();
        return done;
    }
}
