package dev.pipelinebox.internal.cluster;

import akka.actor.BootstrapSetup;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.remote.artery.tcp.SSLEngineProviderSetup;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.internal.cluster.tls.Invitation;
import dev.pipelinebox.internal.cluster.tls.MasterKeys;
import dev.pipelinebox.internal.cluster.tls.Refusal;
import dev.pipelinebox.internal.cluster.tls.TlsConnections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The actor systems in which a master and its hosts are members, each with one port and mutual TLS. */
public final class HostsSystem {

    /** The name of the systems, which have to share it to form a cluster. */
    public static final String NAME = "pipelinebox-hosts";

    private static final String SETTINGS = "dev/pipelinebox/internal/cluster/hosts.conf";
    private static final String HOST_ROLE = "pipelinebox-host";
    private static final int EVERY_MEMBER = 10_000;

    /**
     * A host finds no member unreachable: it would be its neighbour, and the master would then put that out.
     */
    private static final Map<String, Object> OF_HOST = Map.of(
            "akka.cluster.roles",
            List.of(HOST_ROLE),
            "akka.cluster.failure-detector.monitored-by-nr-of-members",
            1,
            "akka.cluster.failure-detector.heartbeat-interval",
            "60 s",
            "akka.cluster.failure-detector.acceptable-heartbeat-pause",
            "1 day",
            "akka.cluster.gossip-interval",
            "60 s");

    private static final Map<String, Object> OF_MASTER = Map.of(
            "akka.cluster.roles",
            List.of(ActorSystemSettings.MASTER_ROLE),
            "akka.cluster.failure-detector.monitored-by-nr-of-members",
            EVERY_MEMBER);

    private HostsSystem() {}

    /**
     * Where a member listens.
     *
     * @param name by which the others connect to it
     * @param port the same
     * @param bindName the address that it listens on
     * @param bindPort the same; 0 for any
     */
    public record Place(String name, int port, String bindName, int bindPort) {}

    /** That of a master. */
    public static <T> ActorSystem<T> startMaster(
            Behavior<T> guardian, Place place, MasterKeys keys, Consumer<Refusal> refusals) {
        return start(guardian, place, OF_MASTER, TlsConnections.ofMaster(keys, refusals));
    }

    /** That of a host. */
    public static <T> ActorSystem<T> startHost(
            Behavior<T> guardian, Place place, Invitation invitation, Consumer<Refusal> refusals) {
        return start(guardian, place, OF_HOST, TlsConnections.ofHost(invitation, refusals));
    }

    private static <T> ActorSystem<T> start(
            Behavior<T> guardian, Place place, Map<String, Object> own, SSLEngineProviderSetup connections) {
        Map<String, Object> address = Map.of(
                "akka.remote.artery.canonical.hostname", place.name(),
                "akka.remote.artery.canonical.port", place.port(),
                "akka.remote.artery.bind.hostname", place.bindName(),
                "akka.remote.artery.bind.port", place.bindPort());
        Config complete = ConfigFactory.parseMap(address)
                .withFallback(ConfigFactory.parseMap(own))
                .withFallback(ConfigFactory.parseResources(HostsSystem.class.getClassLoader(), SETTINGS))
                .withFallback(ActorSystemSettings.privateDefaults())
                .resolve();
        BootstrapSetup bootstrap = BootstrapSetup.create(
                Optional.of(ReferenceHidingLoader.usual()), Optional.of(complete), Optional.empty());
        return ActorSystem.create(guardian, NAME, ActorSystemSetup.create(bootstrap, connections));
    }
}
