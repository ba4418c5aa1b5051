package dev.pipelinebox.internal.bootstrap;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The cluster that a master's workers join: a private one, or that of the application which the master is embedded in.
 *
 * @param system the name of its actor systems
 * @param role the prefix of the roles of this master's workers, which no other member has
 * @param settings what its members have to agree on: keys under {@code akka} and values in HOCON
 * @param key by which its members know each other; null in the cluster of an application, whose settings say how that is done
 */
public record ClusterSpec(
        String system,
        String role,
        Map<String, String> settings,
        @Nullable ClusterKey key) {

    /** The name of the private actor systems, which have to share it to form a cluster. */
    public static final String SYSTEM_NAME = "pipelinebox";

    /** The role that all workers have. */
    public static final String WORKER_ROLE = "pipelinebox-worker";

    /** How long a worker may take to leave a shared cluster before it ends all the same. */
    public static final Duration LONGEST_LEAVE = Duration.ofSeconds(5);

    /**
     * The cluster of one master and its workers alone, with a key of its own.
     *
     * @return a cluster that no other program can join
     */
    public static ClusterSpec createPrivate() {
        return new ClusterSpec(SYSTEM_NAME, "pipelinebox", Map.of(), ClusterKey.create());
    }

    /**
     * Whether others are in it: then a worker leaves it before its process ends.
     *
     * @return whether it is an application's
     */
    @JsonIgnore
    public boolean isShared() {
        return key == null;
    }

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
