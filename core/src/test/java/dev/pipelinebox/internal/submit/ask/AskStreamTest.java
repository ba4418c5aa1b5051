package dev.pipelinebox.internal.submit.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pipelinebox.internal.client.AskAdmission;
import dev.pipelinebox.internal.client.SilentClient;
import dev.pipelinebox.internal.codec.PayloadCodec;
import dev.pipelinebox.internal.codec.WorkerClass;
import dev.pipelinebox.internal.submit.input.AdaptiveWindow;
import dev.pipelinebox.internal.submit.input.Input;
import dev.pipelinebox.internal.task.Outcome;
import dev.pipelinebox.it.Workers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AskStreamTest {

    private final SilentClient silent = new SilentClient();
    private final AskStream<Long, Long> asks = new AskStream<>(
            silent.client.submitter(),
            argument -> silent.newAsk(AskAdmission.none(), Runnable::run),
            silent.newWindow(),
            Input.<Long>of(List.of()));

    @AfterEach
    void close() {
        silent.close();
    }

    @Test
    void takesNoMoreArgumentsOnceTheMasterIsClosing() throws InterruptedException {
        assertThat(asks.room()).isPositive();

        silent.client.close();

        assertThat(asks.room()).isZero();
        assertThat(asks.awaitRoom()).isFalse();
    }

    @Test
    void aWaitingThreadCompletesAnAskAlthoughTheStreamCountsIt() throws Exception {
        AtomicInteger callbacks = new AtomicInteger();
        PendingAsk<Long> ask = silent.newAsk(AskAdmission.none(), action -> {
            callbacks.incrementAndGet();
            new Thread(action, "handing-over").start();
        });
        AskStream<Long, Long> one =
                new AskStream<>(silent.client.submitter(), argument -> ask, silent.newWindow(), Input.of(List.of(7L)));
        CompletableFuture<Long> value = new CompletableFuture<>();
        Thread waiting = new Thread(
                () -> one.stream()
                        .forEach(stage ->
                                value.complete(stage.toCompletableFuture().join())),
                "waiting");
        waiting.setDaemon(true);
        waiting.start();
        await().until(() -> LockSupport.getBlocker(waiting) == ask);

        finish(ask);

        assertThat(value.get(10, TimeUnit.SECONDS)).isEqualTo(7);
        assertThat(callbacks).hasValue(0);
    }

    @Test
    void submitsAnotherAskOnceOneIsBothReadAndCompleted() {
        List<PendingAsk<Long>> asked = new CopyOnWriteArrayList<>();
        AskStream<Long, Long> endless = new AskStream<>(
                silent.client.submitter(),
                argument -> {
                    asked.add(silent.newAsk(AskAdmission.none(), null));
                    return asked.get(asked.size() - 1);
                },
                new AdaptiveWindow(2, Long.MAX_VALUE),
                Input.of(Stream.generate(() -> 7L)));
        try (Stream<CompletionStage<Long>> stages = endless.stream()) {
            CompletionStage<Long> first = stages.iterator().next();
            await().until(() -> asked.size() == 2);
            asked.get(1).complete(7L);
            await().during(50, TimeUnit.MILLISECONDS).until(() -> asked.size() == 2);

            first.toCompletableFuture().complete(7L);
            await().until(() -> asked.size() == 3);
            first.toCompletableFuture().obtrudeValue(8L);
            await().during(50, TimeUnit.MILLISECONDS).until(() -> asked.size() == 3);
        }
    }

    private static void finish(PendingAsk<Long> ask) {
        PayloadCodec codec = new PayloadCodec(WorkerClass.of(Workers.Echo.class), 1 << 20);
        ask.onOutcome(1, Outcome.Returned.of(codec.writeResult(7L)));
    }
}
