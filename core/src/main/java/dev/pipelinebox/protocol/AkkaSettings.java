package dev.pipelinebox.protocol;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;

/**
 * The settings of the private actor systems: the library's own over Akka's defaults, and what the user named under
 * {@code pipelinebox.akka} over both. An application's {@code application.conf} is not looked at.
 */
public final class AkkaSettings {

    /** The name of the actor systems, which have to share it to form a cluster. */
    public static final String SYSTEM_NAME = "pipelinebox";

    /** The role of the one member that must survive a split. */
    public static final String MASTER_ROLE = "master";

    private static final String RESOURCE = "dev/pipelinebox/protocol/akka.conf";

    private AkkaSettings() {}

    /**
     * The settings of the master's system.
     *
     * @param overrides what the user set: keys under {@code akka} and values in HOCON
     * @return the whole configuration
     */
    public static Config master(Map<String, String> overrides) {
        return build("master", List.of(MASTER_ROLE), overrides);
    }

    /**
     * The settings of a worker's system.
     *
     * @param role the worker's role
     * @param overrides what the user set: keys under {@code akka} and values in HOCON
     * @return the whole configuration
     */
    public static Config worker(String role, Map<String, String> overrides) {
        return build("worker", List.of("worker", role), overrides);
    }

    private static Config build(String side, List<String> roles, Map<String, String> overrides) {
        Config own = ConfigFactory.parseResources(AkkaSettings.class.getClassLoader(), RESOURCE);
        StringBuilder named = new StringBuilder();
        overrides.forEach((key, value) ->
                named.append("akka.").append(key).append(" = ").append(value).append('\n'));
        Config role = ConfigFactory.parseMap(Map.of("akka.cluster.roles", roles));
        return ConfigFactory.parseString(named.toString())
                .withFallback(role)
                .withFallback(own.getConfig(side))
                .withFallback(own.getConfig("both"))
                .withFallback(ConfigFactory.defaultReference(AkkaSettings.class.getClassLoader()))
                .resolve();
    }
}
