package dev.pipelinebox.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
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
                .hasValueSatisfying(builtIn -> assertThat(notAsIn(AkkaSettings.privateDefaults(), builtIn))
                        .isEmpty());
    }

    /** With anything set by the user, all is read anew, since Akka's defaults may depend on it. */
    @Test
    void theyMakeTheSameSystemsAsWhatIsReadAnew() {
        Map<String, String> anything = Map.of("log-dead-letters", "off");

        assertThat(notAsIn(AkkaSettings.master(anything), AkkaSettings.master(Map.of())))
                .isEmpty();
        assertThat(notAsIn(worker(anything), worker(Map.of()))).isEmpty();
    }

    @Test
    void aSystemThatIsMadeOfThemHasThemAll() {
        Config complete = AkkaSettings.master(Map.of());
        ActorSystem<Void> system =
                ActorSystem.create(Behaviors.empty(), AkkaSettings.SYSTEM_NAME, AkkaSettings.setup(complete));
        try {
            assertThat(notAsIn(system.settings().config(), complete)).isEmpty();
            assertThat(notAsIn(complete, system.settings().config().withOnlyPath("akka")))
                    .isEmpty();
        } finally {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
        }
    }

    private static Config worker(Map<String, String> overrides) {
        return AkkaSettings.worker(new Prelude(1, 1, overrides, WorkerCluster.PRIVATE, ""));
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
