package dev.pipelinebox.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pipelinebox.api.CallerInterruptedException;
import dev.pipelinebox.api.QueueFullException;
import dev.pipelinebox.internal.client.AskAdmissionSettings.WhenFull;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AskAdmissionTest {

    private final AtomicBoolean open = new AtomicBoolean(true);

    @Test
    void refusesOneTooManyIfTheSettingsAllowNoWait() {
        AskAdmission limit = limit(WhenFull.FAIL, 2, 100);
        limit.admit(1);
        limit.admit(1);

        assertThatThrownBy(() -> limit.admit(1))
                .isInstanceOf(QueueFullException.class)
                .hasMessageContaining("2 asks")
                .hasMessageContaining("pipelinebox.ask.max-pending");
    }

    @Test
    void refusesOneTooManyOfACallerThatMustNotWait() {
        AskAdmission limit = limit(WhenFull.WAIT, 1, 100);
        limit.admitOrFail(1);

        assertThatThrownBy(() -> limit.admitOrFail(1)).isInstanceOf(QueueFullException.class);
        limit(WhenFull.UNBOUNDED, 1, 1).admitOrFail(100);
    }

    @Test
    void admitsTheNextWhenOneHasItsResult() {
        AskAdmission limit = limit(WhenFull.FAIL, 1, 100);
        limit.admit(1);
        limit.release(1);

        limit.admit(1);
    }

    @Test
    void countsBytesToo() {
        AskAdmission limit = limit(WhenFull.FAIL, 10, 100);
        limit.admit(60);

        assertThatThrownBy(() -> limit.admit(60)).isInstanceOf(QueueFullException.class);
        limit.admit(40);
    }

    @Test
    void admitsASingleAskOfAnySize() {
        limit(WhenFull.FAIL, 10, 100).admit(1_000);
    }

    @Test
    void oneMoreWaitsUntilThereIsRoom() {
        AskAdmission limit = limit(WhenFull.WAIT, 1, 100);
        limit.admit(1);
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> limit.admit(1), AskAdmissionTest::start);
        CompletableFuture<Void> third = CompletableFuture.runAsync(() -> limit.admit(1), AskAdmissionTest::start);

        await().during(java.time.Duration.ofMillis(50)).until(() -> !second.isDone() && !third.isDone());
        limit.release(1);
        await().until(() -> second.isDone() ^ third.isDone());
        limit.release(1);
        await().until(() -> second.isDone() && third.isDone());
    }

    @Test
    void aCallbackNeverWaits() {
        AskAdmission limit = limit(WhenFull.WAIT, 1, 100);
        limit.admit(1);
        CompletableFuture<Boolean> asked = new CompletableFuture<>();

        new CallbackExecutor(AskAdmissionTest::start).execute(() -> {
            limit.admit(1);
            asked.complete(true);
        });

        assertThat(asked.join()).isTrue();
        assertThat(CallbackExecutor.isInCallback()).isFalse();
    }

    @Test
    void noAskWaitsForAMasterThatIsClosed() {
        AskAdmission limit = limit(WhenFull.WAIT, 1, 100);
        limit.admit(1);
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> limit.admit(1), AskAdmissionTest::start);

        open.set(false);
        limit.onClosed();

        await().until(second::isDone);
    }

    @Test
    void anInterruptEndsTheWaitAndTakesNoRoom() throws InterruptedException {
        AskAdmission limit = limit(WhenFull.WAIT, 1, 100);
        limit.admit(1);
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread waiting = start(() -> {
            try {
                limit.admit(1);
            } catch (CallerInterruptedException interrupted) {
                thrown.complete(Thread.currentThread().isInterrupted() ? interrupted : null);
            }
        });
        waiting.interrupt();

        assertThat(thrown.join()).isInstanceOf(CallerInterruptedException.class);
        waiting.join();
        limit.release(1);
        limit.admit(1);
    }

    @Test
    void admitsAllIfTheSettingsAreUnbounded() {
        AskAdmission limit = limit(WhenFull.UNBOUNDED, 1, 1);
        for (int i = 0; i < 100; i++) {
            limit.admit(100);
        }
    }

    @Test
    void theUnlimitedOneIsAConstant() {
        assertThat(AskAdmission.none()).isSameAs(AskAdmission.none());
        AskAdmission.none().admit(Integer.MAX_VALUE);
        AskAdmission.none().admitOrFail(Integer.MAX_VALUE);
        AskAdmission.none().release(1);
    }

    private static Thread start(Runnable action) {
        Thread thread = new Thread(action, "asking");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private AskAdmission limit(WhenFull whenFull, int tasks, long bytes) {
        return new AskAdmission(new AskAdmissionSettings(whenFull, tasks, bytes), open::get);
    }
}
