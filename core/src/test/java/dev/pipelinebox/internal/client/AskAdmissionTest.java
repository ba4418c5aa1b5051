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
    void refusesOneTooManyIfNobodyIsToWait() {
        AskAdmission limit = limit(WhenFull.FAIL, 2, 100);
        limit.enter(1);
        limit.enter(1);

        assertThatThrownBy(() -> limit.enter(1))
                .isInstanceOf(QueueFullException.class)
                .hasMessageContaining("2 questions")
                .hasMessageContaining("pipelinebox.ask.max-pending");
    }

    @Test
    void refusesOneTooManyOfThoseWhoMustNotWait() {
        AskAdmission limit = limit(WhenFull.WAIT, 1, 100);
        limit.enterAtOnce(1);

        assertThatThrownBy(() -> limit.enterAtOnce(1)).isInstanceOf(QueueFullException.class);
        limit(WhenFull.UNBOUNDED, 1, 1).enterAtOnce(100);
    }

    @Test
    void takesTheNextWhenOneWasAnswered() {
        AskAdmission limit = limit(WhenFull.FAIL, 1, 100);
        limit.enter(1);
        limit.leave(1);

        limit.enter(1);
    }

    @Test
    void countsBytesToo() {
        AskAdmission limit = limit(WhenFull.FAIL, 10, 100);
        limit.enter(60);

        assertThatThrownBy(() -> limit.enter(60)).isInstanceOf(QueueFullException.class);
        limit.enter(40);
    }

    @Test
    void takesASingleQuestionOfAnySize() {
        limit(WhenFull.FAIL, 10, 100).enter(1_000);
    }

    @Test
    void hasOthersWaitUntilThereIsRoom() {
        AskAdmission limit = limit(WhenFull.WAIT, 1, 100);
        limit.enter(1);
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> limit.enter(1), AskAdmissionTest::start);
        CompletableFuture<Void> third = CompletableFuture.runAsync(() -> limit.enter(1), AskAdmissionTest::start);

        await().during(java.time.Duration.ofMillis(50)).until(() -> !second.isDone() && !third.isDone());
        limit.leave(1);
        await().until(() -> second.isDone() ^ third.isDone());
        limit.leave(1);
        await().until(() -> second.isDone() && third.isDone());
    }

    @Test
    void doesNotHaveThoseWaitWhoMakeRoom() {
        AskAdmission limit = limit(WhenFull.WAIT, 1, 100);
        limit.enter(1);
        CompletableFuture<Boolean> asked = new CompletableFuture<>();

        new CallbackExecutor(AskAdmissionTest::start).execute(() -> {
            limit.enter(1);
            asked.complete(true);
        });

        assertThat(asked.join()).isTrue();
        assertThat(CallbackExecutor.isHandingOver()).isFalse();
    }

    @Test
    void letsNobodyWaitForAMasterThatIsClosed() {
        AskAdmission limit = limit(WhenFull.WAIT, 1, 100);
        limit.enter(1);
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> limit.enter(1), AskAdmissionTest::start);

        open.set(false);
        limit.onClosed();

        await().until(second::isDone);
    }

    @Test
    void endsTheWaitOfOneWhoIsInterruptedAndHoldsNoRoomForHim() throws InterruptedException {
        AskAdmission limit = limit(WhenFull.WAIT, 1, 100);
        limit.enter(1);
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread waiting = start(() -> {
            try {
                limit.enter(1);
            } catch (CallerInterruptedException interrupted) {
                thrown.complete(Thread.currentThread().isInterrupted() ? interrupted : null);
            }
        });
        waiting.interrupt();

        assertThat(thrown.join()).isInstanceOf(CallerInterruptedException.class);
        waiting.join();
        limit.leave(1);
        limit.enter(1);
    }

    @Test
    void isNoneIfThatIsTheWay() {
        AskAdmission limit = limit(WhenFull.UNBOUNDED, 1, 1);
        for (int i = 0; i < 100; i++) {
            limit.enter(100);
        }
    }

    @Test
    void isOneForAllWhereThereIsNone() {
        assertThat(AskAdmission.none()).isSameAs(AskAdmission.none());
        AskAdmission.none().enter(Integer.MAX_VALUE);
        AskAdmission.none().enterAtOnce(Integer.MAX_VALUE);
        AskAdmission.none().leave(1);
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
