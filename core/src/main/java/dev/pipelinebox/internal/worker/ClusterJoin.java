package dev.pipelinebox.internal.worker;

import akka.actor.Address;
import akka.actor.AddressFromURIString;
import akka.actor.typed.javadsl.ActorContext;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.cluster.ClusterLeave;

/** Joins the cluster of the master and leaves it. Belongs to the actor with the context. */
final class ClusterJoin implements TaskExchange.Membership {

    private static final String MASTER_WATCH = "master-watch";

    private final ActorContext<?> context;
    private final Bootstrap bootstrap;
    private final WorkerEnvironment environment;
    private boolean joined;

    ClusterJoin(ActorContext<?> context, Bootstrap bootstrap, WorkerEnvironment environment) {
        this.context = context;
        this.bootstrap = bootstrap;
        this.environment = environment;
    }

    static boolean isShared(Bootstrap bootstrap) {
        return bootstrap.settings().process().cluster().isShared();
    }

    @Override
    public void join(String node) {
        joined = true;
        Address master = AddressFromURIString.parse(node);
        context.spawn(MasterWatch.create(master, environment), MASTER_WATCH);
        Cluster.get(context.getSystem()).manager().tell(Join.create(master));
    }

    @Override
    public void onStopped() {
        if (isShared(bootstrap) && joined) {
            context.getChild(MASTER_WATCH).ifPresent(context::stop);
            ClusterLeave.from(context.getSystem()).thenRun(environment::onStopped);
        } else {
            environment.onStopped();
        }
    }
}
