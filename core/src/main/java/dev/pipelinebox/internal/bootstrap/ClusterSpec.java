package dev.pipelinebox.internal.bootstrap;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The cluster that a master's workers join: a private one, or that of the application which the master is embedded in.
 *
 * @param system the name of its actor systems
 * @param role the prefix of the roles of this master's workers, which no other member has
 * @param settings what its members have to agree on: keys under {@code akka} and values in HOCON
 * @param shared whether others are in it: then a worker leaves it before its process ends
 */
public record ClusterSpec(String system, String role, Map<String, String> settings, boolean shared) {

    /** The name of the private actor systems, which have to share it to form a cluster. */
    public static final String SYSTEM_NAME = "pipelinebox";

    /** The role that all workers have. */
    public static final String WORKER_ROLE = "pipelinebox-worker";

    /** The cluster of a master and its workers alone. */
    public static final ClusterSpec PRIVATE = new ClusterSpec(SYSTEM_NAME, "pipelinebox", Map.of(), false);

    /** How long a worker may take to leave a shared cluster before it ends all the same. */
    public static final Duration LONGEST_LEAVE = Duration.ofSeconds(5);

    /**
     * The role by which a process is known among the members.
     *
     * @param process its number among all that the master started
     * @return the role
     */
    public String role(long process) {
        return role + "-" + process;
    }

    /**
     * The process of a member.
     *
     * @param roles the member's roles
     * @return the number of the process; empty if the member is none of this master's workers
     */
    public OptionalLong processOf(Collection<String> roles) {
        String start = role + "-";
        return roles.stream()
                .filter(name -> name.startsWith(start))
                .map(name -> name.substring(start.length()))
                .filter(number -> number.matches("\\d{1,18}"))
                .mapToLong(Long::parseLong)
                .findAny();
    }

    /** Its settings may hold secrets, such as the password of a key store. */
    @Override
    public String toString() {
        return "cluster " + system + " with the role " + role;
    }
}
