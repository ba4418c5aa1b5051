package dev.pipelinebox;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.master.Outcome;
import dev.pipelinebox.master.TaskPolicy;
import dev.pipelinebox.master.TaskSink;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/** One question: a future of one task's value, read and completed off the actor's thread. */
final class Ask<R extends @Nullable Object> extends CompletableFuture<R> implements Caller, TaskSink {

    /** Not the default of {@link CompletableFuture}, which on two processors starts a thread for each action. */
    static final Executor COMPLETING = ForkJoinPool.getCommonPoolParallelism() > 0
            ? ForkJoinPool.commonPool()
            : action -> new Thread(action, "pipelinebox-ask").start();

    private final Pool pool;
    private final OutcomeReader reader;
    private volatile boolean answered;

    Ask(Pool pool, OutcomeReader reader) {
        this.pool = pool;
        this.reader = reader;
    }

    void submit(@Nullable Object argument, TaskPolicy policy) {
        byte[] payload;
        try {
            payload = reader.codec().writeArgument(argument);
        } catch (PayloadException refused) {
            completeExceptionally(refused);
            return;
        }
        submitEncoded(payload, policy);
    }

    /** Tells whether somebody could answer; otherwise this is completed with the reason why not. */
    boolean isPossible() {
        try {
            pool.checkOpen();
            pool.checkWorkers();
            return true;
        } catch (PipelineBoxException refused) {
            completeExceptionally(refused);
            return false;
        }
    }

    void submitEncoded(byte @Nullable [] payload, TaskPolicy policy) {
        if (!isPossible()) {
            return;
        }
        pool.register(this);
        pool.submit(Collections.singletonList(payload), policy, this);
        CompletableFuture<R> unused = whenComplete((value, error) -> takeBackUnlessAnswered());
    }

    @Override
    public void onOutcome(long taskId, Outcome outcome) {
        answered = true;
        pool.forget(this);
        COMPLETING.execute(() -> complete(taskId, outcome));
    }

    @Override
    public void onMasterGone(PipelineBoxException reason) {
        answered = true;
        COMPLETING.execute(() -> completeExceptionally(reason));
    }

    /** Who completes this future from outside, by cancel or by a timeout of its own, does not want the answer any more. */
    private void takeBackUnlessAnswered() {
        if (!answered) {
            pool.forget(this);
            pool.cancel(this);
        }
    }

    private void complete(long taskId, Outcome outcome) {
        try {
            TaskResult<R> result = reader.read(taskId, outcome);
            if (result instanceof TaskResult.Failure<R> failure) {
                completeExceptionally(failure.error());
            } else {
                complete(result.value());
            }
        } catch (Throwable unreadable) {
            completeExceptionally(unreadable);
        }
    }
}
