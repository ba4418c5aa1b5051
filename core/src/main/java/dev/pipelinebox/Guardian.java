package dev.pipelinebox;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.master.MasterActor;
import dev.pipelinebox.master.MasterCommand;
import dev.pipelinebox.master.Quarantine;
import dev.pipelinebox.monitor.MonitorHub;
import dev.pipelinebox.protocol.Launcher;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The root of the private actor system: starts the cluster and the master's actors, and goes down with the master. */
final class Guardian {

    private static final TaskMonitor NOBODY = new TaskMonitor() {};

    private Guardian() {}

    static Behavior<Void> create(
            Settings settings,
            Launcher launcher,
            List<TaskMonitor> monitors,
            Quarantine quarantine,
            CompletableFuture<ActorRef<MasterCommand>> started) {
        return Behaviors.setup(context -> {
            Cluster cluster = Cluster.get(context.getSystem());
            cluster.manager().tell(Join.create(cluster.selfMember().address()));
            Behavior<MasterCommand> behavior;
            if (monitors.isEmpty()) {
                behavior = MasterActor.create(settings.pool(), launcher::launch, NOBODY, Runnable::run, quarantine);
            } else {
                MonitorHub hub = MonitorHub.start(monitors, spawner(context));
                hub.watchedBy(context::watch);
                behavior = MasterActor.create(settings.pool(), launcher::launch, hub, hub, quarantine);
            }
            ActorRef<MasterCommand> master = context.spawn(behavior, "master");
            context.watch(master);
            started.complete(master);
            return Behaviors.receive(Void.class)
                    .onSignal(Terminated.class, gone -> Behaviors.stopped())
                    .build();
        });
    }

    private static MonitorHub.Spawner spawner(ActorContext<Void> context) {
        return new MonitorHub.Spawner() {
            @Override
            public <T> ActorRef<T> spawn(Behavior<T> behavior, String name, Props props) {
                return context.spawn(behavior, name, props);
            }
        };
    }
}
