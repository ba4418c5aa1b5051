package dev.pipelinebox.internal.master;

import akka.actor.typed.ActorRef;
import akka.cluster.ClusterEvent;
import org.jspecify.annotations.Nullable;

/** The messages of the actor that keeps the members of the cluster: from the supervisor, the cluster and its own timers. */
public sealed interface ClusterCommand {

    /** A process that may become a member. */
    record Add(long process) implements ClusterCommand {}

    /** The worker of a process is ready: its session is told which node to join. */
    record Admit(long process, ActorRef<SessionCommand> session) implements ClusterCommand {}

    /** The process is gone. */
    record Remove(long process) implements ClusterCommand {}

    /** The cluster has another member, or one in another state. */
    record Changed(ClusterEvent.MemberEvent event) implements ClusterCommand {}

    /** A member that was leaving when its process ended has had its time. */
    record LeaveOverdue(long process) implements ClusterCommand {}

    /** Time to start the cluster. */
    enum StartDue implements ClusterCommand {
        /** The only one. */
        NOW
    }

    /** The cluster was started, or not. */
    record Started(
            @Nullable ActorRef<ClusterCommand> membership,
            @Nullable Throwable problem) implements ClusterCommand {}
}
