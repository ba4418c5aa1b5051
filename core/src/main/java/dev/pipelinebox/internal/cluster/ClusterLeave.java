package dev.pipelinebox.internal.cluster;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import dev.pipelinebox.internal.os.TimeLimits;
import java.util.concurrent.CompletionStage;

/** Takes leave of a cluster that others are in, so that they need not find out that this member is gone. */
public final class ClusterLeave {

    private ClusterLeave() {}

    /** Completes when the others know, or when they need too long for it. */
    public static CompletionStage<Done> from(ActorSystem<?> system) {
        return TimeLimits.complete(
                CoordinatedShutdown.get(system)
                        .runAll(CoordinatedShutdown.clusterLeavingReason())
                        .toCompletableFuture(),
                Done.getInstance(),
                ClusterSpec.LONGEST_LEAVE);
    }
}
