package dev.pipelinebox.internal.cluster;

import com.typesafe.config.Config;
import dev.pipelinebox.api.InvalidConfigException;
import dev.pipelinebox.internal.link.artery.ArteryLink;
import java.util.List;
import java.util.regex.Pattern;

/** Which settings of Akka's a user may not give. */
public final class AkkaSettingsCheck {

    private static final String POOL = "actor.default-dispatcher.thread-pool-executor";

    private static final String TICK = "scheduler.tick-duration";

    private static final String FRAME_SIZE = "remote.artery.advanced.maximum-frame-size";

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|");

    /** How members of a private cluster know each other, and what they may send. */
    private static final List<String> AUTHENTICATION = List.of(
            "remote.artery.transport",
            "remote.artery.ssl",
            "remote.artery.untrusted-mode",
            "remote.artery.trusted-selection-paths",
            "remote.deployment",
            "actor.allow-java-serialization");

    private static final List<String> HOSTNAMES =
            List.of("remote.artery.canonical.hostname", "remote.artery.bind.hostname");

    private AkkaSettingsCheck() {}

    /**
     * Refuses settings that would break the library's actor systems.
     *
     * @param section what the user set under {@code pipelinebox.akka}
     * @param isShared whether workers join the cluster of an application, which is protected by its own settings
     * @throws InvalidConfigException if there is one
     */
    public static void check(Config section, boolean isShared) {
        checkEffect(section);
        if (!isShared) {
            checkPrivate(section);
        }
    }

    /** Those that would have no effect, or with which this library's messages would not arrive. */
    private static void checkEffect(Config section) {
        if (section.hasPath(POOL) && !section.hasPath("actor.default-dispatcher.executor")) {
            throw new InvalidConfigException(
                    "pipelinebox.akka." + POOL + " has no effect, since all actors have one thread;"
                            + " set pipelinebox.akka.actor.default-dispatcher.executor = thread-pool-executor as well");
        }
        if (section.hasPath(TICK) && !section.hasPath("scheduler.implementation")) {
            throw new InvalidConfigException("pipelinebox.akka." + TICK
                    + " has no effect, since timers have no ticks; leave it out, or set"
                    + " pipelinebox.akka.scheduler.implementation = akka.actor.LightArrayRevolverScheduler as well");
        }
        if (section.hasPath(FRAME_SIZE) && section.getBytes(FRAME_SIZE) < ArteryLink.FRAME_BYTES) {
            throw new InvalidConfigException("pipelinebox.akka." + FRAME_SIZE + " = " + section.getString(FRAME_SIZE)
                    + " is too small for this library's messages; leave it out, or give it "
                    + (ArteryLink.FRAME_BYTES >> 10) + " KiB or more");
        }
    }

    /** Those with which other programs could speak with the members of a private cluster. */
    private static void checkPrivate(Config section) {
        AUTHENTICATION.stream().filter(section::hasPath).findFirst().ifPresent(key -> {
            throw new InvalidConfigException("pipelinebox.akka." + key
                    + " cannot be set, since it would open a private cluster to other programs; leave it out");
        });
        HOSTNAMES.stream()
                .filter(key -> section.hasPath(key) && !isLoopback(section.getString(key)))
                .findFirst()
                .ifPresent(key -> {
                    throw new InvalidConfigException("pipelinebox.akka." + key + " = " + section.getString(key)
                            + " cannot be set: a private cluster is for one machine; leave it out, or give a name of the"
                            + " loopback interface such as 127.0.0.1");
                });
    }

    /** No other name, since what it stands for may change. */
    private static boolean isLoopback(String hostname) {
        return LOOPBACK.matcher(hostname).matches();
    }
}
