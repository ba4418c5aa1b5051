package dev.pipelinebox.internal.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.link.artery.WorkerFrame;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What logs and error messages may hold of what a worker is told. */
class SecretsTest {

    private static final String SECRET = "hush-4711";

    @ParameterizedTest
    @MethodSource("told")
    void areNotInTheTextOfAnythingThatAWorkerIsToldOrSays(Record message) {
        assertThat(message.toString()).doesNotContain(SECRET);
    }

    static Stream<Record> told() {
        Map<String, String> akka = Map.of("remote.artery.ssl.config-ssl-engine.key-password", SECRET);
        OneTimeToken token = new OneTimeToken(SECRET);
        ClusterSpec cluster = new ClusterSpec("shop", "pipelinebox-x", akka, null);
        ProcessSettings process = new ProcessSettings(akka, cluster, "");
        WorkerSettings settings =
                new WorkerSettings(process, new DemandLimits(1, 1, 1), 1, RecycleLimits.NONE, FaultPlan.NONE);
        Bootstrap bootstrap = new Bootstrap(0, 1, token, "ref", 1, "SomeWorker", SECRET.getBytes(UTF_8), settings);
        return Stream.of(
                cluster,
                process,
                settings,
                bootstrap,
                bootstrap.early(),
                new WorkerToMaster.Connected(token.text(), "akka://worker"),
                new WorkerFrame(1, 0, new WorkerToMaster.Connected(token.text(), "akka://worker")));
    }
}
