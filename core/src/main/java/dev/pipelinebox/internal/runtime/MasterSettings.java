package dev.pipelinebox.internal.runtime;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValueType;
import dev.pipelinebox.api.InvalidConfigException;
import dev.pipelinebox.api.Retry;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import dev.pipelinebox.internal.bootstrap.ProcessSettings;
import dev.pipelinebox.internal.bootstrap.WorkerSettings;
import dev.pipelinebox.internal.client.AskAdmissionSettings;
import dev.pipelinebox.internal.cluster.AkkaSettingsCheck;
import dev.pipelinebox.internal.cluster.BuiltInDefaults;
import dev.pipelinebox.internal.codec.KeyCodec;
import dev.pipelinebox.internal.config.ConfigReader;
import dev.pipelinebox.internal.launch.LaunchSettings;
import dev.pipelinebox.internal.master.EngineSettings;
import dev.pipelinebox.internal.pool.PoolSettings;
import dev.pipelinebox.internal.remote.HostsConfig;
import dev.pipelinebox.internal.schedule.ScheduleSettings;
import dev.pipelinebox.internal.submit.RunSettings;
import dev.pipelinebox.internal.task.TaskPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The configuration, checked: a record for each room that needs one.
 *
 * @param launch how processes are started
 * @param engine how workers and tasks are treated
 * @param runs how many tasks of a run are in the master at a time
 * @param asks how many asks may be pending
 * @param hosts how other machines are treated
 * @param unixSocket whether workers are reached over a Unix domain socket, where there is one
 * @param inProcess whether workers run inside this process, for debugging
 * @param closedAtExit whether the end of the JVM closes the master
 */
public record MasterSettings(
        LaunchSettings launch,
        EngineSettings engine,
        RunSettings runs,
        AskAdmissionSettings asks,
        HostsConfig hosts,
        boolean unixSocket,
        boolean inProcess,
        boolean closedAtExit) {

    /**
     * Reads the settings: system properties first, then what the builder was given, then the application's {@code
     * application.conf}, then the defaults. Of each, only what stands under {@code pipelinebox} is looked at.
     */
    public static MasterSettings load(@Nullable Config given) {
        return load(given, ClusterSpec.createPrivate());
    }

    /** As {@link #load(Config)}, for a master whose workers join this cluster. */
    public static MasterSettings load(@Nullable Config given, ClusterSpec cluster) {
        Config reference = BuiltInDefaults.library();
        Config own = given == null ? ConfigFactory.empty() : given;
        Config set = ConfigFactory.systemProperties()
                .withOnlyPath(ConfigReader.ROOT)
                .withFallback(own)
                .withFallback(ConfigFactory.parseResourcesAnySyntax("application"))
                .resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true))
                .withOnlyPath(ConfigReader.ROOT);
        if (set.hasPath(ConfigReader.ROOT) && set.getValue(ConfigReader.ROOT).valueType() != ConfigValueType.OBJECT) {
            throw new InvalidConfigException(
                    ConfigReader.ROOT + " = " + set.getValue(ConfigReader.ROOT).render()
                            + " is not allowed; give a section such as pipelinebox { run.window = 100 }");
        }
        try {
            return read(new ConfigReader(set.withFallback(reference).resolve(), reference), cluster);
        } catch (ConfigException broken) {
            throw new InvalidConfigException(
                    "What stands under " + ConfigReader.ROOT + " cannot be read: " + broken.getMessage(), broken);
        }
    }

    /** The greatest payload. */
    public int maxPayloadBytes() {
        return engine.worker().maxPayloadBytes();
    }

    /** What the user set under {@code pipelinebox.akka}. */
    Map<String, String> akka() {
        return engine.worker().process().akka();
    }

    /** How a task with these options is treated. In process its programmer may look at it for any time. */
    public TaskPolicy policy(TaskOptions options) {
        TaskPolicy policy = engine.schedule().task().with(options, KeyCodec::write);
        return inProcess ? policy.withoutLimits() : policy;
    }

    private static MasterSettings read(ConfigReader config, ClusterSpec cluster) {
        config.checkKeys();
        AkkaSettingsCheck.check(config.section("akka"), cluster.isShared());
        boolean inProcess = config.bool("test.in-process");
        ProcessSettings process = new ProcessSettings(akka(config.section("akka")), cluster, "");
        WorkerSettings worker = WorkerSettings.read(config, process, FaultSettingsReader.read(config));
        return new MasterSettings(
                LaunchSettings.read(config),
                new EngineSettings(schedule(config, inProcess), pool(config, inProcess), worker),
                RunSettings.read(config),
                AskAdmissionSettings.read(config),
                HostsConfig.read(config),
                config.bool("link.unix-socket"),
                inProcess,
                config.bool("shutdown.at-exit"));
    }

    /** The pure rooms know no configuration, hence it is read for them here. */
    private static ScheduleSettings schedule(ConfigReader config, boolean inProcess) {
        TaskPolicy policy = taskPolicy(config);
        return new ScheduleSettings(
                inProcess ? policy.withoutLimits() : policy,
                config.duration("task.grace"),
                config.integer("task.quarantine", 0, 100_000));
    }

    private static PoolSettings pool(ConfigReader config, boolean inProcess) {
        Duration initTimeout = config.duration("worker.init-timeout");
        return new PoolSettings(
                inProcess ? ConfigReader.LONGEST : initTimeout,
                config.duration("worker.answer-timeout"),
                new PoolSettings.Restart(
                        config.integer("worker.max-start-failures", 1, 1000),
                        config.duration("worker.restart-backoff.min"),
                        config.duration("worker.restart-backoff.max")),
                config.integer("worker.spares", 0, 1000),
                config.duration("shutdown.grace"));
    }

    private static TaskPolicy taskPolicy(ConfigReader config) {
        Retry retry = new Retry(
                config.strings("task.retry.on"),
                config.integer("task.retry.max-attempts", 1, 1000),
                config.duration("task.retry.backoff.min"),
                config.duration("task.retry.backoff.max"));
        return new TaskPolicy(
                config.optionalDuration("task.timeout.queue"),
                config.optionalDuration("task.timeout.soft"),
                config.optionalDuration("task.timeout.hard"),
                config.optionalDuration("task.timeout.stall"),
                config.integer("task.max-attempts", 1, 1000),
                retry);
    }

    private static Map<String, String> akka(Config section) {
        Map<String, String> flat = new TreeMap<>();
        section.entrySet()
                .forEach(entry -> flat.put(entry.getKey(), entry.getValue().render(ConfigRenderOptions.concise())));
        return flat;
    }

    /** What the user set for Akka may hold secrets. */
    @Override
    public String toString() {
        return "settings of a master with " + engine;
    }
}
