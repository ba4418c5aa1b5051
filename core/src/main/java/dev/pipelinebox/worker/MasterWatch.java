package dev.pipelinebox.worker;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.ClusterEvent;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Subscribe;
import dev.pipelinebox.protocol.AkkaSettings;
import java.util.Set;

/** Ends this worker when the cluster says that the master has left it, or that this worker was put out of it. */
final class MasterWatch {

    private static final Set<MemberStatus> GONE =
            Set.of(MemberStatus.leaving(), MemberStatus.exiting(), MemberStatus.down(), MemberStatus.removed());

    private MasterWatch() {}

    static Behavior<ClusterEvent.MemberEvent> create(Host host) {
        return Behaviors.setup(context -> {
            Cluster cluster = Cluster.get(context.getSystem());
            cluster.subscriptions().tell(Subscribe.create(context.getSelf(), ClusterEvent.MemberEvent.class));
            return Behaviors.receive(ClusterEvent.MemberEvent.class)
                    .onMessage(ClusterEvent.MemberEvent.class, event -> {
                        boolean master = event.member().hasRole(AkkaSettings.MASTER_ROLE);
                        boolean self = event.member()
                                .uniqueAddress()
                                .equals(cluster.selfMember().uniqueAddress());
                        if ((master || self) && GONE.contains(event.member().status())) {
                            host.masterLost();
                        }
                        return Behaviors.same();
                    })
                    .build();
        });
    }
}
