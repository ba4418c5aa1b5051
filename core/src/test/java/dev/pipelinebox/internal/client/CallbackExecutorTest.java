package dev.pipelinebox.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CallbackExecutorTest {

    private static final Executor START = action -> new Thread(action, "started").start();

    @Test
    void runsCallbacksOnTheUsersExecutor() throws Exception {
        ExecutorService given = Executors.newSingleThreadExecutor(action -> new Thread(action, "given"));
        try {
            assertThat(threadOf(given).getName()).isEqualTo("given");
        } finally {
            given.shutdown();
        }
    }

    @Test
    void neverRunsACallbackOnTheThreadThatSubmitsIt() throws Exception {
        assertThat(threadOf(null)).isNotSameAs(Thread.currentThread());
        assertThat(threadOf(Runnable::run)).isNotSameAs(Thread.currentThread());
    }

    @Test
    void runsCallbacksAlthoughTheExecutorIsShutDownOrThrows() throws Exception {
        ExecutorService shutDown = Executors.newSingleThreadExecutor();
        shutDown.shutdown();

        assertThat(threadOf(shutDown)).isNotSameAs(Thread.currentThread());
        assertThat(threadOf(action -> {
                    throw new OutOfMemoryError("no thread");
                }))
                .isNotSameAs(Thread.currentThread());
    }

    @Test
    void doesNotBlockItsCallerAlthoughTheExecutorBlocks() throws Exception {
        ThreadPoolExecutor blocking = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new SynchronousQueue<>(), CallbackExecutorTest::waitForAThread);
        CountDownLatch released = new CountDownLatch(1);
        Queue<Integer> ran = new ConcurrentLinkedQueue<>();
        CallbackExecutor completion = new CallbackExecutor(blocking);
        try {
            completion.execute(() -> await().until(() -> released.getCount() == 0));
            CompletableFuture<Void> submitted = CompletableFuture.runAsync(
                    () -> IntStream.range(0, 10).forEach(n -> completion.execute(() -> ran.add(n))), START);

            submitted.get(10, TimeUnit.SECONDS);
            assertThat(ran).isEmpty();
            released.countDown();

            await().untilAsserted(() -> assertThat(ran).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
        } finally {
            released.countDown();
            blocking.shutdown();
        }
    }

    @Test
    void keepsNoThreadWhileItIsIdle() throws Exception {
        CompletableFuture<Thread> handingOver = new CompletableFuture<>();
        new CallbackExecutor(action -> {
                    handingOver.complete(Thread.currentThread());
                    START.execute(action);
                })
                .execute(() -> {});

        Thread thread = handingOver.get(10, TimeUnit.SECONDS);

        assertThat(thread.isDaemon()).isTrue();
        await().until(() -> !thread.isAlive());
    }

    private static void waitForAThread(Runnable action, ThreadPoolExecutor executor) {
        try {
            executor.getQueue().put(action);
        } catch (InterruptedException interrupted) {
            throw new RejectedExecutionException(interrupted);
        }
    }

    private static Thread threadOf(@Nullable Executor given) throws Exception {
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        new CallbackExecutor(given).execute(() -> ran.complete(Thread.currentThread()));
        return ran.get(30, TimeUnit.SECONDS);
    }
}
