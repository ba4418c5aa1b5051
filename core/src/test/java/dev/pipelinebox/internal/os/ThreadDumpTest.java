package dev.pipelinebox.internal.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadDumpTest {

    private static final int MOST_CHARACTERS = 64 << 10;
    private static final int MOST_FRAMES = 64;

    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void endThreads() throws InterruptedException {
        end.countDown();
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void beginsWithTheThreadThatIsAskedFor() {
        start("the one that runs the task", () -> waitAtDepth(1));
        await().until(() -> threads.stream().allMatch(ThreadDumpTest::isWaiting));

        assertThat(ThreadDump.take("the one that runs the task"))
                .startsWith("\"the one that runs the task\" WAITING on ")
                .contains("dev.pipelinebox.internal.os.ThreadDumpTest.waitAtDepth(ThreadDumpTest.java:")
                .contains("\"" + Thread.currentThread().getName() + "\" RUNNABLE")
                .containsOnlyOnce("\"the one that runs the task\"");
    }

    @Test
    void showsTheOthersIfThereIsNoSuchThread() {
        assertThat(ThreadDump.take("nobody")).contains("ThreadDumpTest.showsTheOthersIfThereIsNoSuchThread");
    }

    @Test
    void showsWhichMonitorsAreLocked() {
        Object monitor = new Object();

        synchronized (monitor) {
            assertThat(ThreadDump.take(Thread.currentThread().getName()))
                    .contains("    - locked java.lang.Object@" + Integer.toHexString(System.identityHashCode(monitor)));
        }
    }

    @Test
    void showsADeadlockHoweverManyThreadsThereAre() {
        for (int i = 0; i < 60; i++) {
            start("deep " + i, () -> waitAtDepth(3 * MOST_FRAMES));
        }
        Lock left = new ReentrantLock();
        Lock right = new ReentrantLock();
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);
        start("takes left first", () -> takeBoth(left, right, bothHoldOne));
        start("takes right first", () -> takeBoth(right, left, bothHoldOne));
        await().until(() -> ManagementFactory.getThreadMXBean().findDeadlockedThreads() != null);

        assertThat(ThreadDump.take("takes left first"))
                .startsWith("Deadlock between 2 threads: ")
                .containsPattern("^.*\"takes left first\".*\n")
                .containsPattern("^.*\"takes right first\".*\n")
                .contains("\"takes left first\" WAITING on ", " owned by \"takes right first\"")
                .contains("\"takes right first\" WAITING on ", " owned by \"takes left first\"");
    }

    @Test
    void isBounded() {
        for (int i = 0; i < 60; i++) {
            start("deep " + i, () -> waitAtDepth(3 * MOST_FRAMES));
        }
        await().until(() -> threads.stream().allMatch(ThreadDumpTest::isWaiting));

        String dump = ThreadDump.take("deep 59");

        assertThat(dump).startsWith("\"deep 59\"").hasSizeBetween(MOST_CHARACTERS, MOST_CHARACTERS + 10);
        assertThat(dump.substring(0, dump.indexOf("\n\n")).lines()).hasSize(1 + MOST_FRAMES);
    }

    private void waitAtDepth(int depth) throws Exception {
        if (depth > 1) {
            waitAtDepth(depth - 1);
        } else {
            end.await();
        }
    }

    /** Unlike monitors these can be let go, so that no deadlock is left over. */
    private static void takeBoth(Lock first, Lock second, CyclicBarrier bothHoldOne) throws Exception {
        first.lock();
        try {
            bothHoldOne.await();
            second.lockInterruptibly();
            second.unlock();
        } finally {
            first.unlock();
        }
    }

    private static boolean isWaiting(Thread thread) {
        return thread.getState() == Thread.State.WAITING;
    }

    private interface Action {
        void run() throws Exception;
    }

    private void start(String name, Action action) {
        Thread thread = new Thread(
                () -> {
                    try {
                        action.run();
                    } catch (Exception ended) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }
}
