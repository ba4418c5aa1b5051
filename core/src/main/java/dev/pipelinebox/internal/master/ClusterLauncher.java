package dev.pipelinebox.internal.master;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import java.util.concurrent.CompletionStage;

/** Starts the clustered actor system of a master whose own actors are in another one. */
@FunctionalInterface
public interface ClusterLauncher {

    /** Starts it in the background, with its first actor. To be called once. */
    CompletionStage<ActorRef<ClusterCommand>> launch(Behavior<ClusterCommand> guardian);
}
