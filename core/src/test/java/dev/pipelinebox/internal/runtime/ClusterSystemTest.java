package dev.pipelinebox.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import dev.pipelinebox.internal.master.ClusterCommand;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterSystemTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ClusterSystem cluster = new ClusterSystem(ClusterSpec.createPrivate(), Map.of());

    @AfterEach
    void end() {
        assertThat(cluster.end().toCompletableFuture()).succeedsWithin(PATIENCE);
    }

    @Test
    void oneThatIsEndedBeforeItIsLaunchedIsNeverStarted() {
        assertThat(cluster.end().toCompletableFuture()).isCompleted();
        assertThat(launch(Behaviors.empty())).isNotDone();
    }

    @Test
    void oneThatIsEndedWhileItStartsIsTerminated() throws Exception {
        CompletableFuture<ActorRef<ClusterCommand>> launched = launch(Behaviors.empty());
        CompletableFuture<Void> ended = cluster.end().toCompletableFuture();

        assertThat(ended).succeedsWithin(PATIENCE);
        assertThat(launched).isCompleted();
        assertThat(((ActorSystem<ClusterCommand>) launched.join())
                        .getWhenTerminated()
                        .toCompletableFuture())
                .isCompleted();
        assertThat(cluster.endedAlone().toCompletableFuture()).isNotDone();
    }

    @Test
    void itTellsWhenItEndsByItself() {
        assertThat(launch(Behaviors.setup(context -> Behaviors.stopped()))).succeedsWithin(PATIENCE);
        assertThat(cluster.endedAlone().toCompletableFuture()).succeedsWithin(PATIENCE);
    }

    @Test
    void oneThatCannotBeStartedSaysSoAndEnds() {
        ClusterSystem wrong =
                new ClusterSystem(ClusterSpec.createPrivate(), Map.of("remote.artery.canonical.port", "none"));
        assertThat(wrong.launch(Behaviors.empty()).toCompletableFuture())
                .failsWithin(PATIENCE)
                .withThrowableOfType(Exception.class);
        assertThat(wrong.end().toCompletableFuture()).succeedsWithin(PATIENCE);
    }

    @Test
    void itHasTheClassLoaderOfItsMakerAndNotOfWhoLaunchesIt() throws Exception {
        ClassLoader makers = Thread.currentThread().getContextClassLoader();
        CompletableFuture<ClassLoader> used = new CompletableFuture<>();
        Behavior<ClusterCommand> guardian = Behaviors.setup(context -> {
            used.complete(Thread.currentThread().getContextClassLoader());
            return Behaviors.empty();
        });
        Thread launching = new Thread(() -> launch(guardian));
        launching.setContextClassLoader(new ClassLoader() {});
        launching.start();
        assertThat(used).succeedsWithin(PATIENCE).isSameAs(makers);
        launching.join();
    }

    private CompletableFuture<ActorRef<ClusterCommand>> launch(Behavior<ClusterCommand> guardian) {
        return cluster.launch(guardian).toCompletableFuture();
    }
}
