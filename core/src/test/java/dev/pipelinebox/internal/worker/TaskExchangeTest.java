package dev.pipelinebox.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pipelinebox.api.Worker;
import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import dev.pipelinebox.internal.bootstrap.DemandLimits;
import dev.pipelinebox.internal.bootstrap.OneTimeToken;
import dev.pipelinebox.internal.bootstrap.WorkerSettings;
import dev.pipelinebox.internal.codec.PayloadCodec;
import dev.pipelinebox.internal.codec.WorkerClass;
import dev.pipelinebox.internal.link.WorkerLink;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskExchangeTest {

    private static final String MAILBOX = "mailbox of the test";

    /** Returns so many characters; interrupts itself before. */
    public static final class Repeating implements Worker<Integer, String> {
        @Override
        public String runTask(Integer length) {
            Thread.currentThread().interrupt();
            return "x".repeat(length);
        }
    }

    /** A message, and the thread that sent it. */
    private record Sent(WorkerToMaster message, String thread, boolean wasInterrupted) {}

    /** Records what is sent, and by which thread. */
    private static final class RecordedLink implements WorkerLink<WorkerToMaster> {
        private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
        private final boolean isThreadSafe;
        private volatile @Nullable Error failure;

        RecordedLink(boolean isThreadSafe) {
            this.isThreadSafe = isThreadSafe;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void send(WorkerToMaster message) {
            Error requested = failure;
            if (requested != null) {
                throw requested;
            }
            Thread thread = Thread.currentThread();
            sent.add(new Sent(message, thread.getName(), thread.isInterrupted()));
        }

        @Override
        public boolean isThreadSafe() {
            return isThreadSafe;
        }

        @Override
        public void onTick() {}

        @Override
        public boolean isIdle() {
            return true;
        }

        @Override
        public boolean isQuiet() {
            return true;
        }

        @Override
        public long waitingBytes() {
            return 0;
        }

        @Override
        public void close() {}
    }

    /** One thread; what is scheduled never comes, so nothing is sent but for what the test does. */
    private static final class OneThread implements TaskExchange.Mailbox {
        private final ExecutorService thread = Executors.newSingleThreadExecutor(run -> new Thread(run, MAILBOX));
        private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();

        @Override
        public void execute(Runnable task) {
            thread.execute(() -> {
                try {
                    task.run();
                } catch (Throwable thrown) {
                    failures.add(thrown);
                }
            });
        }

        @Override
        public void schedule(Runnable task, Duration delay) {}
    }

    private final PayloadCodec codec = new PayloadCodec(WorkerClass.of(Repeating.class), 1 << 20);
    private final OneThread mailbox = new OneThread();
    private TaskRunner runner;

    @AfterEach
    void stop() throws Exception {
        runner.queue().stop(true);
        runner.closed().toCompletableFuture().get(60, TimeUnit.SECONDS);
        mailbox.thread.shutdown();
        assertThat(mailbox.thread.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theTaskThreadSendsAFewOutcomesItselfAndIsNotInterruptedMeanwhile() {
        RecordedLink link = start(true);

        run(1);

        assertThat(outcome(link)).satisfies(sent -> {
            assertThat(sent.thread()).isEqualTo(TaskRunner.THREAD);
            assertThat(sent.wasInterrupted()).isFalse();
        });
    }

    /** It is no failure of the task, and must not leave a worker that never answers. */
    @Test
    void aSendOfTheTaskThreadThatFailsEndsTheThreadOfTheLink() throws Exception {
        RecordedLink link = start(true);
        link.failure = new OutOfMemoryError("of the test");

        run(1);

        assertThat(mailbox.failures.poll(60, TimeUnit.SECONDS)).isSameAs(link.failure);
        link.failure = null;
    }

    @Test
    void theThreadOfTheLinkSendsMuch() {
        RecordedLink link = start(true);

        run(100_000);

        assertThat(outcome(link).thread()).isEqualTo(MAILBOX);
    }

    @Test
    void theActorSendsAllWhereTheLinkBelongsToIt() {
        RecordedLink link = start(false);

        run(1);

        assertThat(outcome(link).thread()).isEqualTo(MAILBOX);
    }

    private RecordedLink start(boolean isThreadSafe) {
        Bootstrap bootstrap = new Bootstrap(
                0,
                1,
                new OneTimeToken("token"),
                "ref",
                1,
                Repeating.class.getName(),
                null,
                WorkerSettings.of(ClusterSpec.createPrivate(), new DemandLimits(10_000, 512, 1 << 20), 1 << 20));
        runner = new TaskRunner(bootstrap, new ProcessEnvironment());
        RecordedLink link = new RecordedLink(isThreadSafe);
        TaskExchange exchange = new TaskExchange(runner, mailbox, link, new TaskExchange.Membership() {
            @Override
            public void join(String node) {}

            @Override
            public void onStopped() {}
        });
        mailbox.execute(exchange::begin);
        runner.start();
        await().until(() -> link.sent.stream().anyMatch(sent -> sent.message() instanceof WorkerToMaster.Ready));
        return link;
    }

    private void run(int length) {
        runner.queue().add(List.of(TaskEnvelope.of(1, 1, codec.writeArgument(length))));
    }

    private static Sent outcome(RecordedLink link) {
        return await().until(
                        () -> link.sent.stream()
                                .filter(sent -> sent.message() instanceof WorkerToMaster.Done done
                                        && !done.outcomes().isEmpty())
                                .findFirst()
                                .orElse(null),
                        sent -> sent != null);
    }
}
