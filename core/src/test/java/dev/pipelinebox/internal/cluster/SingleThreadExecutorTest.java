package dev.pipelinebox.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class SingleThreadExecutorTest {

    private final ActorSystem<Void> system = ActorSystemSettings.start(
            Behaviors.empty(), ClusterSpec.createPrivate(), ActorSystemSettings.master(Map.of()));

    /** Back and forth between two threads, so that it waits for each of them, briefly. */
    @Test
    void runsAllThatComesUntilTheSystemEnds() {
        Executor executor = system.executionContext();
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 10_000; i++) {
            CompletableFuture.runAsync(() -> threads.add(Thread.currentThread()), executor)
                    .join();
        }

        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();

        assertThat(threads).singleElement().satisfies(thread -> {
            assertThat(thread.getName()).contains("akka.actor.default-dispatcher");
            thread.join(60_000);
            assertThat(thread.isAlive()).isFalse();
        });
    }
}
