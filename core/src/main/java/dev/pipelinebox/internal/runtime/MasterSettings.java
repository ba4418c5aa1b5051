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
import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import dev.pipelinebox.internal.bootstrap.FaultPlan;
import dev.pipelinebox.internal.client.AskAdmissionSettings;
import dev.pipelinebox.internal.cluster.ActorSystemSettings;
import dev.pipelinebox.internal.cluster.BuiltInDefaults;
import dev.pipelinebox.internal.codec.KeyCodec;
import dev.pipelinebox.internal.config.ConfigReader;
import dev.pipelinebox.internal.launch.LaunchSettings;
import dev.pipelinebox.internal.os.LockedDirectory;
import dev.pipelinebox.internal.pool.PoolSettings;
import dev.pipelinebox.internal.task.TaskPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The configuration, checked and cut up for those who need it.
 *
 * @param launch how processes are started
 * @param pool how workers and tasks are treated
 * @param windowTasks the greatest window of a run in tasks
 * @param windowBytes the greatest window of a run in bytes
 * @param maxAdded the most tasks that are added for one run
 * @param maxAddedBytes the most bytes of their arguments; a single one may be larger
 * @param asks how many questions may be open
 * @param akka what is set under {@code pipelinebox.akka}
 * @param inProcess whether workers run inside this process, for debugging
 */
public record MasterSettings(
        LaunchSettings launch,
        PoolSettings pool,
        int windowTasks,
        long windowBytes,
        int maxAdded,
        long maxAddedBytes,
        AskAdmissionSettings asks,
        Map<String, String> akka,
        boolean inProcess) {

    private static final long MEBI = 1L << 20;

    /**
     * Reads the settings: system properties first, then what the builder was given, then the application's {@code
     * application.conf}, then the defaults. Of each, only what stands under {@code pipelinebox} is looked at.
     */
    public static MasterSettings load(@Nullable Config given) {
        return load(given, ClusterSpec.PRIVATE);
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

    /** The same with a folder in which large payloads are handed over in memory. */
    MasterSettings sharing(Path folder) {
        return new MasterSettings(
                launch, pool.sharing(folder), windowTasks, windowBytes, maxAdded, maxAddedBytes, asks, akka, inProcess);
    }

    /** How a task with these options is treated. In process its programmer may look at it for any time. */
    public TaskPolicy policy(TaskOptions options) {
        TaskPolicy policy = pool.task().with(options, KeyCodec::write);
        return inProcess ? policy.withoutLimits() : policy;
    }

    private static MasterSettings read(ConfigReader config, ClusterSpec cluster) {
        config.checkKeys();
        ActorSystemSettings.check(config.section("akka"));
        Map<String, String> akka = akka(config.section("akka"));
        int maxPayload = (int) config.bytes("payload.max-size", 1024, 1 << 30);
        int maxTasks = config.integer("demand.max-tasks", 1, 100_000);
        boolean inProcess = config.bool("test.in-process");
        FaultPlan faults = FaultSettingsReader.read(config);
        Bootstrap.Settings forWorkers = new Bootstrap.Settings(
                TimeUnit.NANOSECONDS.toMicros(
                        config.duration("demand.work-in-hand").toNanos()),
                faults.tasks().isEmpty() ? maxTasks : 1,
                config.bytes("demand.max-size", 1024, 1 << 30),
                maxPayload,
                wear(config, inProcess),
                akka,
                cluster,
                faults,
                "");
        PoolSettings pool = new PoolSettings(
                inProcess ? taskPolicy(config).withoutLimits() : taskPolicy(config),
                config.duration("task.grace"),
                config.integer("task.quarantine", 0, 100_000),
                initTimeout(config, inProcess),
                config.duration("worker.answer-timeout"),
                config.integer("worker.max-start-failures", 1, 1000),
                config.duration("worker.restart-backoff.min"),
                config.duration("worker.restart-backoff.max"),
                config.integer("worker.spares", 0, 1000),
                config.duration("shutdown.grace"),
                forWorkers);
        return new MasterSettings(
                launch(config),
                pool,
                config.integer("run.window", 1, 1 << 20),
                config.bytes("run.window-size", 1024, 1L << 40),
                config.integer("run.max-added", 1, 1 << 30),
                config.bytes("run.max-added-size", 1024, 1L << 40),
                asks(config),
                akka,
                inProcess);
    }

    private static AskAdmissionSettings asks(ConfigReader config) {
        return new AskAdmissionSettings(
                config.choice("ask.when-full", AskAdmissionSettings.WhenFull.class),
                config.integer("ask.max-pending", 1, 1 << 30),
                config.bytes("ask.max-pending-size", 1024, 1L << 40));
    }

    private static Duration initTimeout(ConfigReader config, boolean inProcess) {
        Duration set = config.duration("worker.init-timeout");
        return inProcess ? ConfigReader.LONGEST : set;
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

    /** In process, the memory is that of the caller, which no replacement makes smaller. */
    private static Bootstrap.Wear wear(ConfigReader config, boolean inProcess) {
        int tasks = config.integer("worker.recycle.after-tasks", 0, Integer.MAX_VALUE);
        return new Bootstrap.Wear(
                tasks == 0 ? Long.MAX_VALUE : tasks,
                config.optionalDuration("worker.recycle.after")
                        .map(Duration::toMillis)
                        .orElse(Long.MAX_VALUE),
                config.optionalBytes("worker.recycle.above-memory", 16 * MEBI, 1L << 46)
                        .filter(size -> !inProcess)
                        .orElse(Long.MAX_VALUE));
    }

    private static LaunchSettings launch(ConfigReader config) {
        Path archives = config.path("worker.class-data-archive.directory").orElseGet(MasterSettings::cacheDirectory);
        return new LaunchSettings(
                config.path("worker.java-home").orElseGet(() -> Path.of(System.getProperty("java.home"))),
                config.strings("worker.jvm-arguments"),
                config.optionalBytes("worker.heap", 16 * MEBI, 1L << 46),
                config.optionalInteger("worker.processors", 1 << 16),
                config.path("worker.directory"),
                config.bool("worker.class-data-archive.enabled")
                        ? java.util.Optional.of(archives)
                        : java.util.Optional.empty(),
                config.path("payload.shared-memory.directory")
                        .or(LockedDirectory::usualRoot)
                        .filter(root -> config.bool("payload.shared-memory.enabled")));
    }

    private static Path cacheDirectory() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base =
                cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return base.resolve(ConfigReader.ROOT);
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
        return "settings of a master with " + pool;
    }
}
