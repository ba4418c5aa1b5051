package dev.pipelinebox.internal.worker;

import akka.actor.Address;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.ClusterEvent;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Subscribe;
import java.util.Set;

/**
 * Ends this worker when the cluster says that the master was removed, or that this worker was removed or is to leave. A
 * master that is about to leave still stops its workers in order.
 */
final class MasterWatch {

    private static final Set<MemberStatus> OUT = Set.of(MemberStatus.down(), MemberStatus.removed());
    private static final Set<MemberStatus> LEAVING = Set.of(MemberStatus.leaving(), MemberStatus.exiting());

    private MasterWatch() {}

    static Behavior<ClusterEvent.MemberEvent> create(Address master, WorkerEnvironment environment) {
        return Behaviors.setup(context -> {
            Cluster cluster = Cluster.get(context.getSystem());
            cluster.subscriptions().tell(Subscribe.create(context.getSelf(), ClusterEvent.MemberEvent.class));
            return Behaviors.receive(ClusterEvent.MemberEvent.class)
                    .onMessage(ClusterEvent.MemberEvent.class, event -> {
                        MemberStatus status = event.member().status();
                        Address member = event.member().address();
                        boolean self = member.equals(cluster.selfMember().address());
                        boolean lost = (self || member.equals(master)) && OUT.contains(status);
                        if (lost || (self && LEAVING.contains(status))) {
                            environment.onMasterLost();
                        }
                        return Behaviors.same();
                    })
                    .build();
        });
    }
}
