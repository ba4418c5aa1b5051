package dev.pipelinebox;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.master.Outcome;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One question: a future of one task's value, read and completed off the actor's thread. */
final class Ask<R extends @Nullable Object> extends CompletableFuture<R> implements Caller {

    private final Intake intake;
    private final OutcomeReader reader;
    private final AskLimit limit;
    private final Completion completion;
    private final AtomicBoolean answered = new AtomicBoolean();
    private int argumentSize;
    private int resultSize;

    Ask(Intake intake, OutcomeReader reader, AskLimit limit, Completion completion) {
        this.intake = intake;
        this.reader = reader;
        this.limit = limit;
        this.completion = completion;
    }

    void submit(@Nullable Object argument) {
        try {
            submitEncoded(reader.writeArgument(argument));
        } catch (PayloadException unwritable) {
            completeExceptionally(intake.unwritable(argument, unwritable));
        } catch (PipelineBoxException refused) {
            completeExceptionally(refused);
        }
    }

    /** Tells whether somebody could answer; otherwise this is completed with the reason why not. */
    boolean isPossible() {
        try {
            intake.check();
            return true;
        } catch (PipelineBoxException refused) {
            completeExceptionally(refused);
            return false;
        }
    }

    void submitEncoded(byte @Nullable [] payload) {
        if (!isPossible()) {
            return;
        }
        argumentSize = payload == null ? 0 : payload.length;
        limit.enter(argumentSize);
        intake.register(this);
        if (answered.get()) {
            intake.forget(this);
            return;
        }
        intake.submit(Collections.singletonList(payload), this);
        CompletableFuture<R> unused = whenComplete((value, error) -> takeBackUnlessAnswered());
    }

    /** In bytes. */
    int argumentSize() {
        return argumentSize;
    }

    /** In bytes; 0 as long as there is none. */
    int resultSize() {
        return resultSize;
    }

    @Override
    public void onOutcome(long taskId, Outcome outcome) {
        if (answered.compareAndSet(false, true)) {
            resultSize = outcome.size();
            intake.forget(this);
            completion.execute(() -> {
                limit.leave(argumentSize);
                complete(taskId, outcome);
            });
        }
    }

    @Override
    public void onMasterGone(PipelineBoxException reason) {
        if (answered.compareAndSet(false, true)) {
            intake.forget(this);
            completion.execute(() -> {
                limit.leave(argumentSize);
                completeExceptionally(reason);
            });
        }
    }

    /** Who completes this future from outside, by cancel or by a timeout of its own, does not want the answer any more. */
    private void takeBackUnlessAnswered() {
        if (answered.compareAndSet(false, true)) {
            limit.leave(argumentSize);
            intake.cancel(this);
            intake.forget(this);
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
