package dev.pipelinebox.internal.cluster;

import akka.actor.typed.ActorSystem;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import java.util.stream.StreamSupport;

/** What a member sees of its cluster. */
public final class ClusterMembers {

    private ClusterMembers() {}

    /** How many members are up. */
    public static long up(ActorSystem<?> member) {
        return StreamSupport.stream(Cluster.get(member).state().getMembers().spliterator(), false)
                .filter(other -> other.status().equals(MemberStatus.up()))
                .count();
    }
}
