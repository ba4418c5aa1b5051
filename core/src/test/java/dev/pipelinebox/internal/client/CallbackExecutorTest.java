package dev.pipelinebox.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallbackExecutorTest {

    @Test
    void runsOnTheExecutorThatWasGiven() throws Exception {
        ExecutorService given = Executors.newSingleThreadExecutor(action -> new Thread(action, "given"));
        try {
            assertThat(threadOf(given).getName()).isEqualTo("given");
        } finally {
            given.shutdown();
        }
    }

    @Test
    void neverRunsOnTheThreadThatHandsOver() throws Exception {
        assertThat(threadOf(null)).isNotSameAs(Thread.currentThread());
        assertThat(threadOf(Runnable::run)).isNotSameAs(Thread.currentThread());
    }

    @Test
    void runsThoughTheExecutorIsShutDownOrThrows() throws Exception {
        ExecutorService shutDown = Executors.newSingleThreadExecutor();
        shutDown.shutdown();

        assertThat(threadOf(shutDown)).isNotSameAs(Thread.currentThread());
        assertThat(threadOf(action -> {
                    throw new OutOfMemoryError("no thread");
                }))
                .isNotSameAs(Thread.currentThread());
    }

    private static Thread threadOf(@Nullable Executor given) throws Exception {
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        new CallbackExecutor(given).execute(() -> ran.complete(Thread.currentThread()));
        return ran.get(30, TimeUnit.SECONDS);
    }
}
