package dev.pipelinebox.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import dev.pipelinebox.internal.bootstrap.EarlyBootstrap;
import dev.pipelinebox.internal.bootstrap.ProcessSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What was read when the library was built is what a start would have read. */
class BuiltInDefaultsTest {

    @Test
    void thoseOfTheLibraryAreThoseInItsReference() {
        Config reference = ConfigFactory.parseResources(getClass().getClassLoader(), "reference.conf");

        assertThat(BuiltInDefaults.library().root().unwrapped())
                .isEqualTo(reference.withOnlyPath("pipelinebox").root().unwrapped());
    }

    @Test
    void thoseOfAPrivateSystemAreAkkasWithTheLibrarysOverThem() {
        assertThat(BuiltInDefaults.privateSystem())
                .hasValueSatisfying(builtIn -> assertThat(notAsIn(ActorSystemSettings.privateDefaults(), builtIn))
                        .isEmpty());
    }

    /** With anything set by the user, all is read anew, since Akka's defaults may depend on it. */
    @Test
    void theyMakeTheSameSystemsAsWhatIsReadAnew() {
        Map<String, String> anything = Map.of("log-dead-letters", "off");

        assertThat(notAsIn(ActorSystemSettings.master(anything), ActorSystemSettings.master(Map.of())))
                .isEmpty();
        assertThat(notAsIn(worker(anything), worker(Map.of()))).isEmpty();
    }

    @Test
    void aSystemThatIsMadeOfThemHasThemAll() {
        Config complete = ActorSystemSettings.master(Map.of());
        ActorSystem<Void> system = ActorSystemSettings.start(Behaviors.empty(), ClusterSpec.createPrivate(), complete);
        try {
            assertThat(notAsIn(system.settings().config(), complete)).isEmpty();
            assertThat(notAsIn(complete, system.settings().config().withOnlyPath("akka")))
                    .isEmpty();
        } finally {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
        }
    }

    /** Akka takes such properties for defaults, and would not take the settings if they were of another kind. */
    @Test
    void seedNodesOfTheApplicationsOwnClusterDoNoHarm() {
        System.setProperty("akka.cluster.seed-nodes.0", "akka://shop@10.0.0.1:2551");
        ConfigFactory.invalidateCaches();
        try {
            ActorSystem<Void> system = ActorSystemSettings.start(
                    Behaviors.empty(), ClusterSpec.createPrivate(), ActorSystemSettings.master(Map.of()));
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
        } finally {
            System.clearProperty("akka.cluster.seed-nodes.0");
            ConfigFactory.invalidateCaches();
        }
    }

    /** In a container an application's own system often has to listen everywhere. */
    @Test
    void propertiesOfTheApplicationsOwnSystemsOpenNothing() {
        Map<String, String> open = Map.of(
                "akka.remote.artery.bind.hostname", "0.0.0.0",
                "akka.remote.artery.bind.port", "25520",
                "akka.remote.artery.canonical.hostname", "10.0.0.1",
                "akka.remote.artery.transport", "tcp",
                "akka.remote.artery.untrusted-mode", "off",
                "akka.actor.allow-java-serialization", "on");
        Config closed = ActorSystemSettings.master(Map.of());
        open.forEach(System::setProperty);
        ConfigFactory.invalidateCaches();
        try {
            Config master = ActorSystemSettings.master(Map.of());

            assertThat(open.keySet())
                    .allSatisfy(key -> assertThat(master.getString(key)).isEqualTo(closed.getString(key)));
            assertThat(master.getString("akka.remote.artery.bind.hostname")).isEmpty();
        } finally {
            open.keySet().forEach(System::clearProperty);
            ConfigFactory.invalidateCaches();
        }
    }

    /** The user's monitors run on threads of the system. */
    @Test
    void theThreadsOfASystemFindTheDefaultsOfAll() {
        ActorSystem<Void> system = ActorSystemSettings.start(
                Behaviors.empty(), ClusterSpec.createPrivate(), ActorSystemSettings.master(Map.of()));
        try {
            Config loaded = CompletableFuture.supplyAsync(ConfigFactory::load, system.executionContext())
                    .join();

            assertThat(loaded.hasPath("akka.version")).isTrue();
        } finally {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
        }
    }

    @Test
    void whatTheApplicationHasReadStaysReadWhileSystemsAreMade() {
        Config applications = ConfigFactory.load();

        inParallel(4, BuiltInDefaultsTest::startAndEnd);

        assertThat(ConfigFactory.load() == applications).isTrue();
    }

    @Test
    void theApplicationReadsAnewWhenItSaysSo() {
        Config applications = ConfigFactory.load();
        startAndEnd();

        ConfigFactory.invalidateCaches();

        assertThat(ConfigFactory.load() == applications).isFalse();
    }

    @Test
    void theApplicationFindsAllDefaultsAfterAStart() {
        ConfigFactory.invalidateCaches();

        startAndEnd();

        assertThat(ConfigFactory.load().hasPath("akka.version")).isTrue();
    }

    @Test
    void aWorkerInAPrivateClusterRarelySpeaksByItselfAndInASharedOneAsItsMembersDo() {
        String interval = "akka.cluster.failure-detector.heartbeat-interval";
        ClusterSpec shared = new ClusterSpec("shop", "pipelinebox-x", Map.of(), null);

        assertThat(worker(Map.of()).getDuration(interval)).hasMinutes(1);
        assertThat(ActorSystemSettings.worker(new EarlyBootstrap(1, 1, new ProcessSettings(Map.of(), shared, "")))
                        .getDuration(interval))
                .isLessThan(Duration.ofMinutes(1));
    }

    private static void startAndEnd() {
        ActorSystem<Void> system = ActorSystemSettings.start(
                Behaviors.empty(), ClusterSpec.createPrivate(), ActorSystemSettings.master(Map.of()));
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }

    private static void inParallel(int times, Runnable action) {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            CompletableFuture.allOf(Stream.generate(() -> CompletableFuture.runAsync(action, threads))
                            .limit(times)
                            .toArray(CompletableFuture[]::new))
                    .join();
        } finally {
            threads.shutdown();
        }
    }

    private static Config worker(Map<String, String> overrides) {
        return ActorSystemSettings.worker(
                new EarlyBootstrap(1, 1, new ProcessSettings(overrides, ClusterSpec.createPrivate(), "")));
    }

    /** The keys of the second that the first has not, or not so. It may have more: tests have more of Akka on their class path. */
    private static List<String> notAsIn(Config first, Config second) {
        return second.entrySet().stream()
                .filter(entry -> !first.hasPathOrNull(entry.getKey())
                        || !entry.getValue()
                                .unwrapped()
                                .equals(first.getValue(entry.getKey()).unwrapped()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
