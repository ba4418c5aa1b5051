package dev.pipelinebox.internal.cluster;

import akka.actor.typed.ActorSystem;
import akka.remote.artery.tcp.SSLEngineProviderSetup;
import akka.serialization.SerializationExtension;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import dev.pipelinebox.api.InvalidConfigException;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import dev.pipelinebox.internal.link.artery.ArteryLink;
import dev.pipelinebox.internal.link.artery.MasterFrame;
import dev.pipelinebox.internal.link.artery.WireMessage;
import dev.pipelinebox.internal.link.artery.WireSerializer;
import java.io.NotSerializableException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cluster of an application that a master is embedded in: whether workers can join it, and what they have to know. */
public final class ApplicationCluster {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ROLE_BITS = 40;

    private static final String ARTERY = "akka.remote.artery";
    private static final String SBR = "akka.cluster.split-brain-resolver";

    /** What under {@code akka.cluster} is each member's own affair. */
    private static final Set<String> OWN_AFFAIRS = Set.of(
            "configuration-compatibility-check",
            "jmx",
            "periodic-tasks-initial-delay",
            "retry-unsuccessful-join-after",
            "roles",
            "seed-node-timeout",
            "seed-nodes",
            "shutdown-after-unsuccessful-join-seed-nodes",
            "use-dispatcher");

    /** What under {@code akka.remote.artery} members have to agree on. */
    private static final List<String> TRANSPORT =
            List.of("transport", "bind.hostname", "ssl", "advanced.tcp", "advanced.maximum-frame-size");

    private static final List<String> MAY_BE_USED = List.of(
            "akka.cluster.singleton.role",
            "akka.cluster.distributed-data.role",
            "akka.cluster.typed.receptionist.distributed-data.role");

    private ApplicationCluster() {}

    /**
     * Tells whether an actor system is, or can become, a member of a cluster.
     *
     * @param system the application's actor system
     * @return {@code true} if its provider is the cluster's
     */
    public static boolean isIn(ActorSystem<?> system) {
        return system.classicSystem().settings().HasCluster();
    }

    /**
     * Looks at the cluster of an actor system.
     *
     * @param system the application's actor system
     * @return the cluster
     * @throws InvalidConfigException if workers could not join it or not be understood there
     */
    public static ClusterSpec of(ActorSystem<?> system) {
        Config config = system.settings().config();
        checkMessages(system);
        checkCertificates(system);
        checkTransport(system.name(), config);
        adviseRoles(system.name(), config);
        String role = "pipelinebox-" + new BigInteger(ROLE_BITS, RANDOM).toString(Character.MAX_RADIX);
        String hostname = system.address().getHost().orElse("");
        return new ClusterSpec(system.name(), role, agreed(config, hostname), null);
    }

    private static void checkMessages(ActorSystem<?> system) {
        boolean known;
        try {
            known = SerializationExtension.get(system).serializerFor(MasterFrame.class) instanceof WireSerializer;
        } catch (NotSerializableException unbound) {
            known = false;
        }
        if (!known) {
            throw new InvalidConfigException("The actor system " + system.name()
                    + " cannot write this library's messages: the library's reference.conf is not in effect there, perhaps"
                    + " since jars were merged into one without merging these files, or its binding was taken away;"
                    + " add akka.actor { serializers.pipelinebox = \"" + WireSerializer.class.getName()
                    + "\", serialization-bindings.\"" + WireMessage.class.getName() + "\" = pipelinebox }");
        }
    }

    private static void checkCertificates(ActorSystem<?> system) {
        if (system.classicSystem()
                .settings()
                .setup()
                .get(SSLEngineProviderSetup.class)
                .isPresent()) {
            throw new InvalidConfigException("The actor system " + system.name()
                    + " was given its SSLEngineProvider by a Setup, which cannot be handed to worker processes; name it in "
                    + ARTERY + ".ssl.ssl-engine-provider");
        }
    }

    static void checkTransport(String system, Config config) {
        if (config.getString(ARTERY + ".transport").equals("aeron-udp")) {
            throw new InvalidConfigException(ARTERY + ".transport = aeron-udp of the actor system " + system
                    + " is not supported for workers; use tcp or tls-tcp");
        }
        String key = ARTERY + ".advanced.maximum-frame-size";
        if (config.getBytes(key) < ArteryLink.FRAME_BYTES) {
            throw new InvalidConfigException(key + " = " + config.getString(key) + " of the actor system " + system
                    + " is too small for this library's messages; give it " + (ArteryLink.FRAME_BYTES >> 10)
                    + " KiB or more, on all nodes of the cluster");
        }
    }

    /** Whether what any application may have is in use cannot be seen here: that alone is no reason for a warning. */
    private static void adviseRoles(String system, Config config) {
        Logger log = LoggerFactory.getLogger(ApplicationCluster.class);
        List<String> counted = unsetRoles(config);
        List<String> perhaps = unsetRolesOfWhatMayBeUsed(config);
        String told = "Workers will be members of the cluster of " + system
                + " and are counted there as long as nothing else is said; give the nodes of the application a role and set it by ";
        String ifUsed = "if there are singletons or distributed data, " + String.join(", ", perhaps);
        if (!counted.isEmpty()) {
            log.warn("{}{}{}", told, String.join(", ", counted), perhaps.isEmpty() ? "" : "; and " + ifUsed);
        } else if (!perhaps.isEmpty()) {
            log.info("{}, {}", told.strip(), ifUsed);
        }
    }

    /** Workers are members; what counts members without looking at their roles counts them, too. */
    static List<String> unsetRoles(Config config) {
        List<String> unset = new ArrayList<>();
        if (config.getString("akka.cluster.downing-provider-class")
                .equals("akka.cluster.sbr.SplitBrainResolverProvider")) {
            unset.add(SBR + "." + config.getString(SBR + ".active-strategy") + ".role");
        }
        unset.add("akka.cluster.sharding.role");
        unset.removeIf(key -> !isUnset(config, key));
        if (config.getInt("akka.cluster.min-nr-of-members") > 1) {
            unset.add("akka.cluster.role.<role>.min-nr-of-members in place of min-nr-of-members");
        }
        return unset;
    }

    /** Akka's defaults for what every clustered application has on its class path, and many never use. */
    static List<String> unsetRolesOfWhatMayBeUsed(Config config) {
        return MAY_BE_USED.stream().filter(key -> isUnset(config, key)).toList();
    }

    private static boolean isUnset(Config config, String key) {
        return config.hasPath(key) && config.getString(key).isEmpty();
    }

    /** What a worker has to set as the application does; the application's own host is where it runs. */
    static Map<String, String> agreed(Config config, String hostname) {
        Map<String, String> agreed = new TreeMap<>();
        add(agreed, config, "akka.coordination");
        add(agreed, config, "akka.cluster");
        agreed.keySet()
                .removeIf(key -> OWN_AFFAIRS.stream()
                        .anyMatch(own -> key.equals("cluster." + own) || key.startsWith("cluster." + own + ".")));
        TRANSPORT.forEach(key -> add(agreed, config, ARTERY + "." + key));
        agreed.put("remote.artery.canonical.hostname", '"' + hostname + '"');
        return agreed;
    }

    private static void add(Map<String, String> agreed, Config config, String path) {
        if (config.hasPath(path)) {
            config.withOnlyPath(path)
                    .getConfig("akka")
                    .entrySet()
                    .forEach(entry ->
                            agreed.put(entry.getKey(), entry.getValue().render(ConfigRenderOptions.concise())));
        }
    }
}
