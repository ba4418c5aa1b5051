package dev.pipelinebox.internal.remote;

import dev.pipelinebox.internal.config.ConfigReader;
import dev.pipelinebox.internal.hosts.HostSettings;
import dev.pipelinebox.internal.hosts.LeaseTimes;
import dev.pipelinebox.internal.link.host.Hello;
import java.time.Duration;

/**
 * What is configured of hosts.
 *
 * @param timeout after how long without a word from a host its tasks run elsewhere
 * @param startTimeout how long a worker waits for a host
 * @param rest what follows failed starts on one host
 */
public record HostsConfig(Duration timeout, Duration startTimeout, HostSettings.Rest rest) {

    private static final int PART_WITHOUT_WORKERS = 3;

    public static HostsConfig read(ConfigReader config) {
        return new HostsConfig(
                config.duration("hosts.timeout"),
                config.duration("hosts.start-timeout"),
                new HostSettings.Rest(
                        config.integer("worker.max-start-failures", 1, 1000),
                        config.duration("hosts.rest.min"),
                        config.duration("hosts.rest.max")));
    }

    /** For classes that need this version of Java. */
    public HostSettings table(int classFeature) {
        return new HostSettings(
                LeaseTimes.of(timeout), timeout.dividedBy(PART_WITHOUT_WORKERS), Hello.PROTOCOL, classFeature, rest);
    }
}
