package dev.pipelinebox.it;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A cluster as it was before connections were authenticated, to show that the attacks on it work. */
final class UnprotectedSystem implements AutoCloseable {

    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final ActorSystem<Void> system;

    private UnprotectedSystem() {
        system = ActorSystem.create(
                Behaviors.setup(context -> {
                    ActorRef<Object> victim = context.spawn(
                            Behaviors.receive(Object.class)
                                    .onSignal(PostStop.class, stopped -> {
                                        ended.complete(null);
                                        return Behaviors.same();
                                    })
                                    .build(),
                            "victim");
                    context.watch(victim);
                    return Behaviors.empty();
                }),
                ClusterSpec.SYSTEM_NAME,
                ConfigFactory.parseMap(Map.of(
                                "akka.actor.provider", "cluster",
                                "akka.loglevel", "OFF",
                                "akka.stdout-loglevel", "OFF",
                                "akka.cluster.downing-provider-class", "akka.cluster.sbr.SplitBrainResolverProvider",
                                "akka.remote.artery.canonical.hostname", "127.0.0.1",
                                "akka.remote.artery.canonical.port", 0))
                        .withFallback(ConfigFactory.load()));
        Cluster cluster = Cluster.get(system);
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
    }

    static UnprotectedSystem start() {
        return new UnprotectedSystem();
    }

    int port() {
        return system.address().getPort().orElseThrow();
    }

    /** Completes when its actor has been ended. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
