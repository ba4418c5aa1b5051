package dev.pipelinebox.internal.submit.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.internal.client.AskAdmission;
import dev.pipelinebox.internal.client.AskAdmissionSettings;
import dev.pipelinebox.internal.client.AskAdmissionSettings.WhenFull;
import dev.pipelinebox.internal.client.CallbackExecutor;
import dev.pipelinebox.internal.client.OutcomeDecoder;
import dev.pipelinebox.internal.client.OutcomeListener;
import dev.pipelinebox.internal.client.Submitter;
import dev.pipelinebox.internal.codec.PayloadCodec;
import dev.pipelinebox.internal.codec.WorkerClass;
import dev.pipelinebox.internal.submit.SilentSubmitter;
import dev.pipelinebox.internal.submit.run.RunTest;
import dev.pipelinebox.internal.task.Outcome;
import dev.pipelinebox.internal.task.Payloads;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** An ask without a master: the test gives the outcome. */
class PendingAskTest {

    private final PayloadCodec codec = new PayloadCodec(WorkerClass.of(RunTest.Echo.class), 1 << 20);
    private final ExecutorService completions =
            Executors.newSingleThreadExecutor(action -> new Thread(action, "completions"));
    private final AtomicInteger completed = new AtomicInteger();
    private final CallbackExecutor completion = new CallbackExecutor(action -> {
        completed.incrementAndGet();
        completions.execute(action);
    });
    private final AskAdmission limit =
            new AskAdmission(new AskAdmissionSettings(WhenFull.WAIT, 1, Long.MAX_VALUE), () -> true);
    private final AtomicInteger cancelled = new AtomicInteger();
    private final Submitter submitter = new TestSubmitter();
    private final PendingAsk<Integer> ask = ask();

    private final class TestSubmitter extends SilentSubmitter {
        TestSubmitter() {
            super(1);
        }

        @Override
        public long submit(List<Payloads> arguments, OutcomeListener caller) {
            return 1;
        }

        @Override
        public long refuse(PipelineBoxException error, OutcomeListener caller) {
            return 1;
        }

        @Override
        public void cancel(OutcomeListener caller) {
            cancelled.incrementAndGet();
        }
    }

    @AfterEach
    void end() {
        Thread.interrupted();
        completions.shutdown();
    }

    @Test
    void theWaitingThreadCompletesIt() throws Exception {
        ask.submit(7);
        CompletableFuture<Integer> value = new CompletableFuture<>();
        Thread waiting = waiting(() -> value.complete(ask.join()));

        finish(ask, 7);

        assertThat(value.get(60, TimeUnit.SECONDS)).isEqualTo(7);
        assertThat(ask).isCompletedWithValue(7);
        assertThat(completed).hasValue(0);
        waiting.join();
    }

    @Test
    void theExecutorCompletesItIfNoThreadWaits() throws Exception {
        ask.submit(7);

        finish(ask, 7);

        await().until(ask::isDone);
        assertThat(completed).hasValue(1);
        assertThat(ask.get()).isEqualTo(7);
    }

    @Test
    void dependentActionsRunOnTheExecutorAlthoughAThreadWaits() throws Exception {
        ask.submit(7);
        CompletableFuture<String> ranOn =
                ask.thenApply(value -> Thread.currentThread().getName());
        CompletableFuture<Integer> value = new CompletableFuture<>();
        waiting(() -> value.complete(ask.join()));

        finish(ask, 7);

        assertThat(ranOn.get(60, TimeUnit.SECONDS)).isEqualTo("completions");
        assertThat(value.get(60, TimeUnit.SECONDS)).isEqualTo(7);
    }

    @Test
    void releasesAllWaitingThreads() throws Exception {
        ask.submit(7);
        List<CompletableFuture<Integer>> values = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            CompletableFuture<Integer> value = new CompletableFuture<>();
            values.add(value);
            waiting(() -> value.complete(ask.join()));
        }

        finish(ask, 7);

        for (CompletableFuture<Integer> value : values) {
            assertThat(value.get(60, TimeUnit.SECONDS)).isEqualTo(7);
        }
    }

    @Test
    void oneWaitingThreadCompletesItAlthoughOthersWait() throws Exception {
        ask.submit(7);
        List<CompletableFuture<Integer>> values = List.of(new CompletableFuture<>(), new CompletableFuture<>());
        values.forEach(value -> waiting(() -> value.complete(ask.join())));

        finish(ask, 7);

        for (CompletableFuture<Integer> value : values) {
            assertThat(value.get(10, TimeUnit.SECONDS)).isEqualTo(7);
        }
        assertThat(completed).hasValue(0);
    }

    @Test
    void aCompletionFromOutsideMakesRoomAndCancelsTheTask() {
        List<Consumer<PendingAsk<Integer>>> ways = List.of(
                one -> one.complete(8),
                one -> one.completeExceptionally(new IllegalStateException("not any more")),
                one -> one.cancel(true),
                one -> one.completeAsync(() -> 8),
                one -> one.completeAsync(() -> 8, completions),
                one -> one.completeAsync(PendingAskTest::broken, completions),
                one -> one.orTimeout(1, TimeUnit.MILLISECONDS),
                one -> one.completeOnTimeout(8, 1, TimeUnit.MILLISECONDS),
                one -> one.obtrudeValue(8),
                one -> one.obtrudeException(new IllegalStateException("not any more")));
        for (int i = 0; i < ways.size(); i++) {
            PendingAsk<Integer> each = ask();
            each.submit(7);

            ways.get(i).accept(each);

            int takenBack = i + 1;
            await().until(() -> cancelled.get() == takenBack);
            assertThat(each).isDone();
        }
        limit.admit(0);
    }

    @Test
    void failsLikeAnyFutureIfTheSupplierOfItsValueThrows() {
        ask.submit(7);

        ask.completeAsync(PendingAskTest::broken, completions);

        assertThatThrownBy(ask::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void cancelsNothingIfNoTaskWasSubmitted() {
        ask.submit(7);
        PendingAsk<Integer> refused = new PendingAsk<>(
                submitter,
                new OutcomeDecoder(codec, codec),
                new AskAdmission(new AskAdmissionSettings(WhenFull.FAIL, 0, 0), () -> true),
                completion);
        PendingAsk<Integer> unwritable = ask();

        refused.submit(7);
        unwritable.submit("not a number");

        assertThat(unwritable).isCompletedExceptionally();
        assertThat(cancelled).hasValue(0);
    }

    @Test
    void aCancelReleasesTheWaitingThread() throws Exception {
        ask.submit(7);
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        waiting(() -> {
            try {
                ask.join();
            } catch (CancellationException expected) {
                thrown.complete(expected);
            }
        });

        ask.cancel(false);

        assertThat(thrown.get(60, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void aCompletionFromOutsideReleasesTheWaitingThread() throws Exception {
        ask.submit(7);
        CompletableFuture<Integer> value = new CompletableFuture<>();
        waiting(() -> value.complete(ask.join()));

        ask.completeAsync(() -> 8, completions);

        assertThat(value.get(60, TimeUnit.SECONDS)).isEqualTo(8);
    }

    @Test
    void theEndOfTheMasterReleasesTheWaitingThread() throws Exception {
        ask.submit(7);
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        waiting(() -> {
            try {
                ask.get();
            } catch (ExecutionException expected) {
                thrown.complete(expected.getCause());
            } catch (InterruptedException unexpected) {
                thrown.complete(unexpected);
            }
        });

        ask.onMasterEnded(new MasterClosedException("closed"));

        assertThat(thrown.get(60, TimeUnit.SECONDS)).isInstanceOf(MasterClosedException.class);
    }

    @Test
    void aTimedWaitEnds() throws Exception {
        ask.submit(7);

        assertThatThrownBy(() -> ask.get(1, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> ask.get(-1, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

        finish(ask, 7);
        assertThat(ask.get(60, TimeUnit.SECONDS)).isEqualTo(7);
        assertThat(ask.get(Long.MAX_VALUE, TimeUnit.DAYS)).isEqualTo(7);
    }

    @Test
    void anInterruptEndsAWait() throws Exception {
        ask.submit(7);
        Thread.currentThread().interrupt();

        assertThatThrownBy(ask::get).isInstanceOf(InterruptedException.class);

        finish(ask, 7);
        assertThat(ask.get(60, TimeUnit.SECONDS)).isEqualTo(7);
    }

    @Test
    void joinKeepsAnInterrupt() throws Exception {
        ask.submit(7);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread joining = waiting(() -> {
            ask.join();
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        joining.interrupt();

        finish(ask, 7);

        assertThat(interrupted.get(60, TimeUnit.SECONDS)).isTrue();
    }

    /** Outcome, waits, timeouts, dependent actions and a cancel, all at the same time. */
    @RepeatedTest(3)
    void completesWhateverComesTogether() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        Queue<String> ranOn = new ConcurrentLinkedQueue<>();
        Random random = new Random();
        for (int i = 0; i < 3_000; i++) {
            PendingAsk<Integer> each = ask();
            each.submit(i);
            int number = i;
            List<Runnable> all = List.of(
                    () -> finish(each, number),
                    each::join,
                    () -> get(each, random.nextInt(20_000)),
                    () -> each.thenRun(() -> ranOn.add(Thread.currentThread().getName())),
                    () -> each.cancel(random.nextInt(10) > 0));
            List<CompletableFuture<Void>> some = new ArrayList<>();
            some.add(CompletableFuture.runAsync(all.get(1), threads));
            some.add(CompletableFuture.runAsync(all.get(1 + random.nextInt(4)), threads));
            some.add(CompletableFuture.runAsync(all.get(1 + random.nextInt(3)), threads));
            all.get(0).run();

            CompletableFuture.allOf(some.toArray(new CompletableFuture<?>[0]))
                    .handle((done, cancelledOrNot) -> done)
                    .get(60, TimeUnit.SECONDS);
            assertThat(each).isDone();
        }
        threads.shutdown();

        assertThat(ranOn).isNotEmpty().doesNotContain(Thread.currentThread().getName());
        limit.admit(0);
    }

    private static void get(PendingAsk<Integer> ask, int nanos) {
        try {
            ask.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException expected) {
            assertThat(expected).isNotNull();
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    private static Integer broken() {
        throw new IllegalStateException("broken");
    }

    private PendingAsk<Integer> ask() {
        return new PendingAsk<>(submitter, new OutcomeDecoder(codec, codec), limit, completion);
    }

    private void finish(PendingAsk<Integer> ask, int value) {
        ask.onOutcome(1, Outcome.Returned.of(codec.writeResult(value)));
    }

    /** A thread that has come to where it waits. */
    private static Thread waiting(Runnable action) {
        Thread thread = new Thread(action, "waiting");
        thread.setDaemon(true);
        thread.start();
        await().until(() ->
                thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }
}
