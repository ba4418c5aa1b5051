package dev.pipelinebox.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.api.InvalidConfigException;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import dev.pipelinebox.internal.bootstrap.EarlyBootstrap;
import dev.pipelinebox.internal.bootstrap.ProcessSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplicationClusterTest {

    private static final Config AKKA = ConfigFactory.defaultReference();

    @Test
    void aWorkerTakesOverWhatMembersHaveToAgreeOn() {
        Config worker = worker("""
                akka.cluster {
                  app-version = "1.2.3"
                  downing-provider-class = "akka.cluster.sbr.SplitBrainResolverProvider"
                  split-brain-resolver { active-strategy = static-quorum, static-quorum { quorum-size = 3, role = "the shop" } }
                  failure-detector.acceptable-heartbeat-pause = 7 s
                  gossip-interval = 3 s
                  multi-data-center.self-data-center = "west"
                  role."the shop".min-nr-of-members = 2
                }
                akka.remote.artery {
                  transport = tls-tcp
                  bind.hostname = "0.0.0.0"
                  advanced.maximum-frame-size = 1 MiB
                  ssl.config-ssl-engine { key-store = "/a/b", key-store-password = "a\\"b${c}" }
                }
                """);

        assertThat(worker.getString("akka.cluster.app-version")).isEqualTo("1.2.3");
        assertThat(worker.getString("akka.cluster.downing-provider-class"))
                .isEqualTo("akka.cluster.sbr.SplitBrainResolverProvider");
        assertThat(worker.getInt("akka.cluster.split-brain-resolver.static-quorum.quorum-size"))
                .isEqualTo(3);
        assertThat(worker.getString("akka.cluster.split-brain-resolver.static-quorum.role"))
                .isEqualTo("the shop");
        assertThat(worker.getString("akka.cluster.split-brain-resolver.down-all-when-unstable"))
                .isEqualTo("on");
        assertThat(worker.getDuration("akka.cluster.failure-detector.acceptable-heartbeat-pause"))
                .hasSeconds(7);
        assertThat(worker.getDuration("akka.cluster.gossip-interval")).hasSeconds(3);
        assertThat(worker.getString("akka.cluster.multi-data-center.self-data-center"))
                .isEqualTo("west");
        assertThat(worker.getInt("akka.cluster.role.\"the shop\".min-nr-of-members"))
                .isEqualTo(2);
        assertThat(worker.getString("akka.remote.artery.transport")).isEqualTo("tls-tcp");
        assertThat(worker.getString("akka.remote.artery.bind.hostname")).isEqualTo("0.0.0.0");
        assertThat(worker.getBytes("akka.remote.artery.advanced.maximum-frame-size"))
                .isEqualTo(1 << 20);
        assertThat(worker.getString("akka.remote.artery.ssl.config-ssl-engine.key-store-password"))
                .isEqualTo("a\"b${c}");
    }

    @Test
    void aWorkerKeepsWhatIsItsOwn() {
        Config worker = worker("""
                akka {
                  loglevel = DEBUG
                  extensions = ["com.example.Extension"]
                  actor.default-dispatcher.executor = fork-join-executor
                  cluster {
                    roles = [shop]
                    seed-nodes = ["akka://shop@10.0.0.1:2552"]
                    jmx.enabled = on
                    configuration-compatibility-check.checkers.shop = "com.example.Checker"
                  }
                  remote.artery {
                    canonical { hostname = "<getHostAddress>", port = 2552 }
                    bind.port = 2553
                    advanced.inbound-lanes = 9
                  }
                }
                """);

        assertThat(worker.getString("akka.loglevel")).isEqualTo("ERROR");
        assertThat(worker.getStringList("akka.extensions")).isEmpty();
        assertThat(worker.getString("akka.actor.default-dispatcher.executor"))
                .isEqualTo(SingleThreadExecutor.class.getName());
        assertThat(worker.getStringList("akka.cluster.roles")).containsExactly("pipelinebox-worker", "pipelinebox-x-1");
        assertThat(worker.getStringList("akka.cluster.seed-nodes")).isEmpty();
        assertThat(worker.getBoolean("akka.cluster.jmx.enabled")).isFalse();
        assertThat(worker.hasPath("akka.cluster.configuration-compatibility-check.checkers.shop"))
                .isFalse();
        assertThat(worker.getString("akka.remote.artery.canonical.hostname")).isEqualTo("10.0.0.7");
        assertThat(worker.getInt("akka.remote.artery.canonical.port")).isZero();
        assertThat(worker.getString("akka.remote.artery.bind.port")).isEmpty();
        assertThat(worker.getInt("akka.remote.artery.advanced.inbound-lanes")).isEqualTo(1);
    }

    @Test
    void whatTheUserSetsForWorkersGoesBeforeWhatTheApplicationHas() {
        Config worker = ActorSystemSettings.worker(early(
                Map.of("cluster.failure-detector.acceptable-heartbeat-pause", "\"9 s\""),
                ApplicationCluster.agreed(AKKA, "10.0.0.7")));

        assertThat(worker.getDuration("akka.cluster.failure-detector.acceptable-heartbeat-pause"))
                .hasSeconds(9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "akka.remote.artery.transport = aeron-udp | tcp or tls-tcp",
                "akka.remote.artery.advanced.maximum-frame-size = 128 KiB | 192 KiB or more"
            })
    void whatWorkersCannotDoIsRefusedWithKeyAndRemedy(String setting, String remedy) {
        assertThatThrownBy(() -> ApplicationCluster.checkTransport("shop", host(setting)))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining(setting)
                .hasMessageContaining("shop")
                .hasMessageContaining(remedy);
    }

    @Test
    void whatIsTheDefaultIsAccepted() {
        assertThatCode(() -> ApplicationCluster.checkTransport("shop", AKKA)).doesNotThrowAnyException();
    }

    @Test
    void rolesThatShouldBeSetAreNamed() {
        String resolver = "akka.cluster.downing-provider-class = akka.cluster.sbr.SplitBrainResolverProvider\n";
        String sharding = "akka.cluster.sharding.role = shop\n";

        assertThat(ApplicationCluster.unsetRoles(AKKA.withoutPath("akka.cluster.sharding")))
                .isEmpty();
        assertThat(ApplicationCluster.unsetRoles(host(resolver)))
                .containsExactly("akka.cluster.split-brain-resolver.keep-majority.role", "akka.cluster.sharding.role");
        assertThat(ApplicationCluster.unsetRoles(
                        host(sharding + resolver + "akka.cluster.split-brain-resolver.keep-majority.role = shop")))
                .isEmpty();
        assertThat(ApplicationCluster.unsetRoles(
                        host(sharding + resolver + "akka.cluster.split-brain-resolver.active-strategy = down-all")))
                .isEmpty();
        assertThat(ApplicationCluster.unsetRoles(host(sharding + "akka.cluster.min-nr-of-members = 3")))
                .containsExactly("akka.cluster.role.<role>.min-nr-of-members in place of min-nr-of-members");
    }

    @Test
    void rolesOfWhatEveryApplicationMayUseAreNamedUntilTheyAreSet() {
        assertThat(ApplicationCluster.unsetRolesOfWhatMayBeUsed(AKKA))
                .containsExactly(
                        "akka.cluster.singleton.role",
                        "akka.cluster.distributed-data.role",
                        "akka.cluster.typed.receptionist.distributed-data.role");
        assertThat(ApplicationCluster.unsetRolesOfWhatMayBeUsed(host("""
                        akka.cluster {
                          singleton.role = shop
                          distributed-data.role = shop
                          typed.receptionist.distributed-data.role = shop
                        }
                        """))).isEmpty();
    }

    @Test
    void aSystemThatDoesNotKnowTheMessagesIsRefusedWithTheRemedy() {
        ActorTestKit kit = ActorTestKit.create("stranger", host("""
                akka.serialization.jackson.jackson-modules = []
                akka.actor.serialization-bindings."dev.pipelinebox.internal.link.artery.WireMessage" = none
                """));
        try {
            assertThatThrownBy(() -> ApplicationCluster.of(kit.system()))
                    .isInstanceOf(InvalidConfigException.class)
                    .hasMessageContaining("stranger")
                    .hasMessageContaining("reference.conf")
                    .hasMessageContaining("akka.actor { serializers.pipelinebox");
        } finally {
            kit.shutdownTestKit();
        }
    }

    private static Config host(String settings) {
        return ConfigFactory.parseString(settings).withFallback(AKKA).resolve();
    }

    private static Config worker(String settings) {
        return ActorSystemSettings.worker(early(Map.of(), ApplicationCluster.agreed(host(settings), "10.0.0.7")));
    }

    private static EarlyBootstrap early(Map<String, String> overrides, Map<String, String> agreed) {
        ClusterSpec cluster = new ClusterSpec("shop", "pipelinebox-x", agreed, null);
        return new EarlyBootstrap(1, 1, new ProcessSettings(overrides, cluster, ""));
    }
}
