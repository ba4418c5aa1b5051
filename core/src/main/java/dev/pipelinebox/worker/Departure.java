package dev.pipelinebox.worker;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import dev.pipelinebox.protocol.WorkerCluster;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Takes leave of a cluster that others are in, so that they need not find out that this member is gone. */
final class Departure {

    private Departure() {}

    /** Completes when the others know, or when they need too long for it. */
    static CompletionStage<Done> from(ActorSystem<?> system) {
        return CoordinatedShutdown.get(system)
                .runAll(CoordinatedShutdown.clusterLeavingReason())
                .toCompletableFuture()
                .completeOnTimeout(Done.getInstance(), WorkerCluster.LONGEST_LEAVE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
