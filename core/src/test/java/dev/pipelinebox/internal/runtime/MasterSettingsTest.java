package dev.pipelinebox.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.pipelinebox.api.InvalidConfigException;
import dev.pipelinebox.api.Retry;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import dev.pipelinebox.internal.bootstrap.RecycleLimits;
import dev.pipelinebox.internal.client.AskAdmissionSettings;
import dev.pipelinebox.internal.task.TaskPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MasterSettingsTest {

    private static final ClusterSpec CLUSTER = ClusterSpec.createPrivate();

    /** For each key a value that is not the default. */
    private static final Map<String, String> OTHER_VALUES = Map.ofEntries(
            Map.entry("worker.java-home", "/opt/java"),
            Map.entry("worker.jvm-arguments", "[\"-Xss4m\"]"),
            Map.entry("worker.heap", "512 MiB"),
            Map.entry("worker.processors", "2"),
            Map.entry("worker.directory", "/tmp"),
            Map.entry("worker.init-timeout", "1 minute"),
            Map.entry("worker.answer-timeout", "1 minute"),
            Map.entry("worker.max-start-failures", "7"),
            Map.entry("worker.restart-backoff.min", "300 ms"),
            Map.entry("worker.restart-backoff.max", "30 s"),
            Map.entry("worker.recycle.after-tasks", "1000"),
            Map.entry("worker.recycle.after", "1 hour"),
            Map.entry("worker.recycle.above-memory", "2 GiB"),
            Map.entry("worker.spares", "2"),
            Map.entry("worker.class-data-archive.enabled", "false"),
            Map.entry("worker.class-data-archive.directory", "/tmp/archives"),
            Map.entry("worker.code-cache.directory", "/tmp/code"),
            Map.entry("task.max-attempts", "5"),
            Map.entry("task.timeout.queue", "1 hour"),
            Map.entry("task.timeout.soft", "10 s"),
            Map.entry("task.timeout.hard", "20 s"),
            Map.entry("task.timeout.stall", "5 s"),
            Map.entry("task.grace", "1 s"),
            Map.entry("task.retry.on", "[\"java.io.IOException\"]"),
            Map.entry("task.retry.max-attempts", "7"),
            Map.entry("task.retry.backoff.min", "50 ms"),
            Map.entry("task.retry.backoff.max", "1 minute"),
            Map.entry("task.quarantine", "0"),
            Map.entry("demand.work-in-hand", "20 ms"),
            Map.entry("demand.max-tasks", "100"),
            Map.entry("demand.max-size", "1 MiB"),
            Map.entry("payload.max-size", "1 MiB"),
            Map.entry("link.unix-socket", "false"),
            Map.entry("run.window", "10"),
            Map.entry("run.window-size", "1 MiB"),
            Map.entry("run.max-added", "10"),
            Map.entry("run.max-added-size", "1 MiB"),
            Map.entry("ask.when-full", "fail"),
            Map.entry("ask.max-pending", "10"),
            Map.entry("ask.max-pending-size", "1 MiB"),
            Map.entry("hosts.timeout", "30 s"),
            Map.entry("hosts.start-timeout", "1 minute"),
            Map.entry("hosts.rest.min", "1 s"),
            Map.entry("hosts.rest.max", "1 minute"),
            Map.entry("shutdown.grace", "1 s"),
            Map.entry("shutdown.at-exit", "false"),
            Map.entry("test.in-process", "true"),
            Map.entry("test.faults", "[{ task = 3, kind = crash }]"),
            Map.entry("test.failing-starts", "2"),
            Map.entry("test.slow-start", "3 s"));

    /** How a task is treated by default: no limits, three attempts if workers die, no retry. */
    private static final TaskPolicy POLICY = new TaskPolicy(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            3,
            new Retry(List.of(), 3, Duration.ofMillis(100), Duration.ofSeconds(10)));

    @AfterEach
    void forgetSystemProperties() {
        System.clearProperty("pipelinebox.run.window");
        ConfigFactory.invalidateCaches();
    }

    @Test
    void refuseAPoolOfThreadsThatWouldNotBeUsed() {
        String dispatcher = "pipelinebox.akka.actor.default-dispatcher";
        String pool = dispatcher + ".thread-pool-executor.fixed-pool-size = 4";

        assertThatThrownBy(() -> MasterSettings.load(ConfigFactory.parseString(pool)))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining(dispatcher + ".executor");
        MasterSettings.load(ConfigFactory.parseString(pool + "\n" + dispatcher + ".executor = thread-pool-executor"));
    }

    @Test
    void refuseTicksThatNoSchedulerHas() {
        String ticks = "pipelinebox.akka.scheduler.tick-duration = 5 ms";
        String scheduler = "pipelinebox.akka.scheduler.implementation = akka.actor.LightArrayRevolverScheduler";

        assertThatThrownBy(() -> MasterSettings.load(ConfigFactory.parseString(ticks)))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("pipelinebox.akka.scheduler.tick-duration has no effect")
                .hasMessageContaining(scheduler);
        MasterSettings.load(ConfigFactory.parseString(ticks + "\n" + scheduler));
    }

    @Test
    void refuseFramesThatAreTooSmallForTheLibrarysMessages() {
        String key = "pipelinebox.akka.remote.artery.advanced.maximum-frame-size";

        assertThatThrownBy(() -> MasterSettings.load(ConfigFactory.parseString(key + " = 64 KiB")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining(key + " = 64 KiB")
                .hasMessageContaining("192 KiB or more");
        MasterSettings.load(ConfigFactory.parseString(key + " = 192 KiB"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "remote.artery.transport = tcp",
                "remote.artery.ssl.config-ssl-engine.protocol = TLSv1.2",
                "remote.artery.untrusted-mode = off",
                "remote.artery.trusted-selection-paths = [\"/user/x\"]",
                "remote.artery.canonical.hostname = \"0.0.0.0\"",
                "remote.artery.canonical.hostname = myhost",
                "remote.artery.bind.hostname = \"10.1.2.3\"",
                "remote.deployment.enable-allow-list = off",
                "actor.allow-java-serialization = on"
            })
    void refuseWhatWouldOpenAPrivateClusterToOtherPrograms(String setting) {
        Config open = ConfigFactory.parseString("pipelinebox.akka." + setting);

        assertThatThrownBy(() -> MasterSettings.load(open))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("pipelinebox.akka.")
                .hasMessageContaining("leave it out");
    }

    @Test
    void mayNameTheLoopbackInterface() {
        MasterSettings.load(
                ConfigFactory.parseString("pipelinebox.akka.remote.artery.canonical.hostname = \"127.0.0.2\""));
    }

    @Test
    void areTheDocumentedDefaultsIfNothingIsSet() {
        MasterSettings settings = MasterSettings.load(null);

        assertThat(settings.launch().javaHome()).isEqualTo(Path.of(System.getProperty("java.home")));
        assertThat(settings.launch().jvmArguments()).isEmpty();
        assertThat(settings.launch().heapBytes()).isEmpty();
        assertThat(settings.launch().processors()).isEmpty();
        assertThat(settings.launch().directory()).isEmpty();
        assertThat(settings.launch().archiveDirectory())
                .hasValueSatisfying(directory -> assertThat(directory).endsWithRaw(Path.of("pipelinebox")));
        assertThat(settings.engine().schedule().task()).isEqualTo(POLICY);
        assertThat(settings.engine().schedule().grace()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.engine().schedule().quarantine()).isEqualTo(100);
        assertThat(settings.engine().pool().spares()).isZero();
        assertThat(settings.engine().worker().recycling()).isEqualTo(RecycleLimits.NONE);
        assertThat(settings.engine().pool().initTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.engine().pool().answerTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.engine().pool().restart().maxFailures()).isEqualTo(3);
        assertThat(settings.engine().pool().restart().minBackoff()).isEqualTo(Duration.ofMillis(200));
        assertThat(settings.engine().pool().restart().maxBackoff()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.engine().pool().grace()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.engine().worker().demand().workAheadMicros()).isEqualTo(10_000);
        assertThat(settings.engine().worker().demand().maxTasks()).isEqualTo(2048);
        assertThat(settings.engine().worker().demand().maxBytes()).isEqualTo(16 << 20);
        assertThat(settings.engine().worker().maxPayloadBytes()).isEqualTo(512 << 20);
        assertThat(settings.runs().windowTasks()).isEqualTo(8192);
        assertThat(settings.runs().windowBytes()).isEqualTo(16 << 20);
        assertThat(settings.runs().maxAdded()).isEqualTo(100_000);
        assertThat(settings.runs().maxAddedBytes()).isEqualTo(64 << 20);
        assertThat(settings.asks())
                .isEqualTo(new AskAdmissionSettings(AskAdmissionSettings.WhenFull.WAIT, 10_000, 64 << 20));
        assertThat(settings.akka()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void changeWithEveryKey(String key) {
        assertThat(OTHER_VALUES).as("values to try").containsKey(key);

        assertThat(MasterSettings.load(set(key, OTHER_VALUES.get(key)))).isNotEqualTo(MasterSettings.load(null));
    }

    @Test
    void takeWhatIsSet() {
        MasterSettings settings = MasterSettings.load(ConfigFactory.parseString("""
                pipelinebox.worker { heap = 512 MiB, directory = /a, class-data-archive.enabled = false }
                pipelinebox.worker.restart-backoff.max = 1 minute
                """));

        assertThat(settings.launch().heapBytes()).contains(512L << 20);
        assertThat(settings.launch().directory()).contains(Path.of("/a"));
        assertThat(settings.launch().archiveDirectory()).isEmpty();
        assertThat(settings.engine().pool().restart().maxBackoff()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.engine().pool().restart().minBackoff()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void takeTheLimitsAndTheRetryOfTasks() {
        MasterSettings settings = MasterSettings.load(ConfigFactory.parseString("""
                pipelinebox.task {
                  timeout { queue = 1 minute, soft = 2 s, hard = 3 s, stall = 4 s }
                  retry { on = [java.io.IOException], max-attempts = 5, backoff { min = 1 ms, max = 1 s } }
                  max-attempts = 6
                }
                """));

        assertThat(settings.engine().schedule().task())
                .isEqualTo(new TaskPolicy(
                        Optional.of(Duration.ofMinutes(1)),
                        Optional.of(Duration.ofSeconds(2)),
                        Optional.of(Duration.ofSeconds(3)),
                        Optional.of(Duration.ofSeconds(4)),
                        6,
                        new Retry(List.of("java.io.IOException"), 5, Duration.ofMillis(1), Duration.ofSeconds(1))));
    }

    @Test
    void takeWhenWorkersAreReplaced() {
        MasterSettings settings = MasterSettings.load(ConfigFactory.parseString(
                "pipelinebox.worker.recycle { after-tasks = 10, after = 1 hour, above-memory = 2 GiB }"));

        assertThat(settings.engine().worker().recycling()).isEqualTo(new RecycleLimits(10, 3_600_000, 2L << 30));
    }

    @Test
    void takeSystemPropertiesFirst() {
        System.setProperty("pipelinebox.run.window", "100");
        ConfigFactory.invalidateCaches();

        assertThat(MasterSettings.load(set("run.window", "200")).runs().windowTasks())
                .isEqualTo(100);
    }

    @Test
    void lookAtNothingOutsideTheirRoot() {
        Config noise = ConfigFactory.parseString("akka.loglevel = nonsense, unknown.key = 1, worker.heap = none");

        assertThat(MasterSettings.load(noise, CLUSTER)).isEqualTo(MasterSettings.load(null, CLUSTER));
    }

    @Test
    void mayBeAWholeApplicationsConfiguration() {
        assertThat(MasterSettings.load(ConfigFactory.load(), CLUSTER)).isEqualTo(MasterSettings.load(null, CLUSTER));
    }

    @Test
    void takeValuesThatReferToOthers() {
        Config referring = ConfigFactory.parseString(
                "pipelinebox.demand.max-size = 2 MiB, pipelinebox.run.window-size = ${pipelinebox.demand.max-size}");

        assertThat(MasterSettings.load(referring).runs().windowBytes()).isEqualTo(2 << 20);
    }

    @Test
    void takeValuesThatReferToOthersOutsideTheirRoot() {
        Config referring = ConfigFactory.parseString("company.heap = 1 GiB, pipelinebox.worker.heap = ${company.heap}");

        assertThat(MasterSettings.load(referring).launch().heapBytes()).contains(1L << 30);
    }

    @Test
    void refuseAValueThatRefersToNothing() {
        assertThatThrownBy(() -> MasterSettings.load(set("worker.heap", "${company.heap}")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("company.heap");
    }

    @Test
    void passOnWhatIsSetForAkka() {
        MasterSettings settings = MasterSettings.load(ConfigFactory.parseString(
                "pipelinebox.akka { loglevel = DEBUG, cluster.roles = [a, \"b c\"], remote.artery.x = 5 s }"));

        assertThat(settings.akka())
                .isEqualTo(Map.of(
                        "loglevel", "\"DEBUG\"", "cluster.roles", "[\"a\",\"b c\"]", "remote.artery.x", "\"5 s\""));
        assertThat(settings.engine().worker().process().akka()).isEqualTo(settings.akka());
    }

    @Test
    void refuseAnUnknownKeyWithItsValueAndTheKnownOnes() {
        assertThatThrownBy(() -> MasterSettings.load(set("worker.heep", "1 GiB")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("pipelinebox.worker.heep")
                .hasMessageContaining("1 GiB")
                .hasMessageContaining("pipelinebox.worker.heap");
    }

    @Test
    void refuseARootThatIsNoSection() {
        assertThatThrownBy(() -> MasterSettings.load(ConfigFactory.parseString("pipelinebox = 3")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("pipelinebox = 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run.window",
                "worker.heap",
                "worker.jvm-arguments",
                "shutdown.grace",
                "task.timeout.soft",
                "task.retry.on"
            })
    void refuseAKeyWithoutAValue(String key) {
        assertThatThrownBy(() -> MasterSettings.load(set(key, "null")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("pipelinebox." + key + " = null is not allowed; give ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "worker.jvm-arguments       | 5            | a list of strings",
                "worker.heap                | 15 MiB       | from 16777216",
                "worker.heap                | plenty       | a size",
                "worker.init-timeout        | 0            | a duration over zero",
                "worker.max-start-failures  | 0            | from 1 to 1000",
                "worker.restart-backoff.min | -1 s         | a duration over zero",
                "worker.restart-backoff.max | later        | a duration over zero",
                "worker.class-data-archive.enabled | maybe | true or false",
                "task.max-attempts          | 0            | from 1 to 1000",
                "task.max-attempts          | 1001         | from 1 to 1000",
                "task.timeout.queue         | 0            | a duration over zero",
                "task.timeout.soft          | -1 s         | a duration over zero",
                "task.timeout.hard          | soon         | a duration over zero",
                "task.timeout.stall         | 101 days     | up to 100 days",
                "task.grace                 | 0            | a duration over zero",
                "task.retry.on              | 5            | a list of strings",
                "task.retry.max-attempts    | 0            | from 1 to 1000",
                "task.retry.backoff.min     | 0            | a duration over zero",
                "task.retry.backoff.max     | never        | a duration over zero",
                "task.quarantine            | -1           | from 0 to 100000",
                "worker.recycle.after-tasks | -1           | a whole number from 0",
                "worker.recycle.after       | 0            | a duration over zero",
                "worker.recycle.above-memory| 1 MiB        | from 16777216",
                "worker.spares              | 1001         | from 0 to 1000",
                "demand.work-in-hand        | 0 ms         | a duration over zero",
                "demand.max-tasks           | 0            | from 1 to 100000",
                "demand.max-size            | 1            | from 1024",
                "payload.max-size           | 2 GiB        | to 1073741824",
                "link.unix-socket | perhaps   | true or false",
                "run.window                 | 0            | from 1 to 1048576",
                "run.window-size            | 1 B          | from 1024",
                "shutdown.grace             | -5 s         | a duration over zero"
            })
    void refuseAWrongValueWithKeyValueAndWhatIsAllowed(String key, String value, String allowed) {
        assertThatThrownBy(() -> MasterSettings.load(set(key, "\"" + value + "\"")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("pipelinebox." + key + " = \"" + value + "\"")
                .hasMessageContaining(allowed);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void haveACommentDirectlyAboveEveryKeyOfTheReference(String key) {
        assertThat(reference().getValue("pipelinebox." + key).origin().comments())
                .as("the comment above %s in reference.conf", key)
                .isNotEmpty();
    }

    @Test
    void areAllInTheReference() {
        assertThat(keys()).containsExactlyInAnyOrderElementsOf(OTHER_VALUES.keySet());
        assertThat(reference().getObject("pipelinebox.akka").origin().comments())
                .isNotEmpty();
    }

    static List<String> keys() {
        List<String> keys = new ArrayList<>();
        collect("", reference().getObject("pipelinebox"), keys);
        return keys;
    }

    private static void collect(String prefix, ConfigObject section, List<String> keys) {
        for (Map.Entry<String, ConfigValue> entry : section.entrySet()) {
            if (entry.getValue() instanceof ConfigObject inner) {
                collect(prefix + entry.getKey() + ".", inner, keys);
            } else {
                keys.add(prefix + entry.getKey());
            }
        }
    }

    private static Config reference() {
        return ConfigFactory.parseResources(MasterSettings.class.getClassLoader(), "reference.conf")
                .withOnlyPath("pipelinebox");
    }

    private static Config set(String key, String value) {
        return ConfigFactory.parseString("pipelinebox." + key + " = " + value);
    }
}
