package dev.pipelinebox.internal.cluster;

import akka.actor.BootstrapSetup;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.remote.artery.tcp.SSLEngineProviderSetup;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.internal.bootstrap.ClusterKey;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import dev.pipelinebox.internal.bootstrap.EarlyBootstrap;
import dev.pipelinebox.internal.cluster.authentication.AuthenticatedConnections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of the private actor systems and of the workers': the library's own over Akka's defaults, and what the
 * user named under {@code pipelinebox.akka} over both. Of an application's settings there is only what a worker has to
 * agree on with a cluster of the application's.
 */
public final class ActorSystemSettings {

    /** The role of the one member that must survive a split. */
    public static final String MASTER_ROLE = "master";

    private static final String EVERYWHERE = "dev/pipelinebox/internal/cluster/akka.conf";
    private static final String IN_PRIVATE = "dev/pipelinebox/internal/cluster/private.conf";

    private static final String PROVIDER = "akka.actor.provider";
    private static final String ALONE = "local";
    private static final String ROLES = "akka.cluster.roles";

    /**
     * The master looks after all of its workers itself. By default only nine neighbours would, and Akka forgets a member
     * that is Down only if another member has found it unreachable, which is rare for workers that die quickly one after another.
     */
    private static final int EVERY_MEMBER = 10_000;

    /** Shorter than what a worker bears of its master, since it only decides how soon the dead are forgotten. */
    private static final String PAUSE_OF_WORKERS = "10 s";

    /**
     * How often a worker speaks to other members by itself, of the cluster or to see whether one is alive. It answers the
     * master, which speaks with all, and need not know of the others otherwise; nor does it watch more than one of them.
     */
    private static final String WORKERS_INTERVAL = "60 s";

    /** No worker is to be removed because another one cannot reach it. */
    private static final String WORKERS_PATIENCE = "1 day";

    private ActorSystemSettings() {}

    /**
     * The settings of the master's system, if it is not a member of the cluster.
     *
     * @param overrides what the user set: keys under {@code akka} and values in HOCON
     * @return the whole configuration
     */
    public static Config masterAlone(Map<String, String> overrides) {
        Map<String, Object> own = Map.of(
                PROVIDER,
                ALONE,
                // Nothing leaves the process, so nothing is serialised.
                "akka.library-extensions",
                List.of());
        return build(own, overrides, Map.of(), false);
    }

    /**
     * The settings of a master's system that is a member of the cluster.
     *
     * @param overrides what the user set: keys under {@code akka} and values in HOCON
     * @return the whole configuration
     */
    public static Config master(Map<String, String> overrides) {
        Map<String, Object> own = Map.of(
                ROLES,
                List.of(MASTER_ROLE),
                "akka.cluster.failure-detector.monitored-by-nr-of-members",
                EVERY_MEMBER,
                "akka.cluster.failure-detector.acceptable-heartbeat-pause",
                PAUSE_OF_WORKERS);
        return build(own, overrides, Map.of(), false);
    }

    /**
     * The settings of a worker's system.
     *
     * @param early what the worker was told
     * @return the whole configuration
     */
    public static Config worker(EarlyBootstrap early) {
        ClusterSpec cluster = early.settings().cluster();
        Map<String, Object> own = new HashMap<>();
        own.put(ROLES, List.of(ClusterSpec.WORKER_ROLE, early.role()));
        if (!cluster.isShared()) {
            own.put("akka.cluster.failure-detector.monitored-by-nr-of-members", 1);
            own.put("akka.cluster.failure-detector.heartbeat-interval", WORKERS_INTERVAL);
            own.put("akka.cluster.failure-detector.acceptable-heartbeat-pause", WORKERS_PATIENCE);
            own.put("akka.cluster.gossip-interval", WORKERS_INTERVAL);
        }
        return build(own, early.settings().akka(), cluster.settings(), cluster.isShared());
    }

    /**
     * Starts an actor system whose settings are complete: Akka would read all {@code reference.conf} on the class path once
     * more, to fill and to check them.
     *
     * @param guardian its first actor
     * @param cluster the cluster that it is in, or may be in later
     * @param complete settings that were made here
     * @param <T> what its first actor is told
     * @return the system
     */
    public static <T> ActorSystem<T> start(Behavior<T> guardian, ClusterSpec cluster, Config complete) {
        if (!CachedConfigs.putAside()) {
            return create(guardian, cluster, complete, ReferenceHidingLoader.usual());
        }
        ReferenceHidingLoader loader = ReferenceHidingLoader.create();
        try {
            return create(guardian, cluster, complete, loader);
        } finally {
            loader.reveal();
            CachedConfigs.bringBack();
        }
    }

    /**
     * The same while the application runs: what it has read of its configuration is not touched, so this takes longer.
     *
     * @param guardian its first actor
     * @param cluster the cluster that it is in, or may be in later
     * @param complete settings that were made here
     * @param <T> what its first actor is told
     * @return the system
     */
    public static <T> ActorSystem<T> startBesideApplication(
            Behavior<T> guardian, ClusterSpec cluster, Config complete) {
        return create(guardian, cluster, complete, ReferenceHidingLoader.usual());
    }

    private static <T> ActorSystem<T> create(
            Behavior<T> guardian, ClusterSpec cluster, Config complete, ClassLoader loader) {
        BootstrapSetup bootstrap = BootstrapSetup.create(Optional.of(loader), Optional.of(complete), Optional.empty());
        ClusterKey key = cluster.key();
        boolean isAlone = complete.getString(PROVIDER).equals(ALONE);
        ActorSystemSetup setup = key == null || isAlone
                ? ActorSystemSetup.create(bootstrap)
                : ActorSystemSetup.create(bootstrap, authentication(key, handshakes(complete)));
        return ActorSystem.create(guardian, cluster.system(), setup);
    }

    private static SSLEngineProviderSetup authentication(ClusterKey key, int handshakes) {
        return SSLEngineProviderSetup.create(system -> new AuthenticatedConnections(key, system, handshakes));
    }

    private static int handshakes(Config complete) {
        return complete.getStringList(ROLES).contains(MASTER_ROLE)
                ? AuthenticatedConnections.MOST_OF_MASTER
                : AuthenticatedConnections.MOST_OF_WORKER;
    }

    private static Config build(
            Map<String, ?> own, Map<String, String> overrides, Map<String, String> agreed, boolean isShared) {
        Config set = parsed(overrides).withFallback(ConfigFactory.parseMap(own)).withFallback(parsed(agreed));
        boolean isUsual = overrides.isEmpty() && !isShared && !hasAkkaProperties();
        Optional<Config> builtIn = isUsual ? BuiltInDefaults.privateSystem() : Optional.empty();
        return set.withFallback(builtIn.orElseGet(() -> unresolved(isShared))).resolve();
    }

    /** Akka takes them for defaults, and checks the settings against them. */
    private static boolean hasAkkaProperties() {
        return System.getProperties().stringPropertyNames().stream().anyMatch(name -> name.startsWith("akka."));
    }

    /** The settings of a system in a private cluster without settings of the user. */
    static Config privateDefaults() {
        return unresolved(false).resolve();
    }

    private static Config unresolved(boolean isShared) {
        ClassLoader loader = ActorSystemSettings.class.getClassLoader();
        Config ours = ConfigFactory.parseResources(loader, EVERYWHERE);
        return (isShared ? ours : ours.withFallback(ConfigFactory.parseResources(loader, IN_PRIVATE)))
                .withFallback(ConfigFactory.defaultReference(ReferenceHidingLoader.usual()));
    }

    private static Config parsed(Map<String, String> settings) {
        StringBuilder lines = new StringBuilder();
        settings.forEach((key, value) ->
                lines.append("akka.").append(key).append(" = ").append(value).append('\n'));
        return ConfigFactory.parseString(lines.toString());
    }
}
