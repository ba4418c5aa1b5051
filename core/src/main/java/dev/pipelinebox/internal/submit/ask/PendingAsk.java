package dev.pipelinebox.internal.submit.ask;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.internal.client.AskAdmission;
import dev.pipelinebox.internal.client.CallbackExecutor;
import dev.pipelinebox.internal.client.OutcomeDecoder;
import dev.pipelinebox.internal.client.OutcomeListener;
import dev.pipelinebox.internal.client.Submitter;
import dev.pipelinebox.internal.task.Outcome;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One question: a future of one task's value, read and completed off the actor's thread. A thread that waits for it does
 * that itself, since it is woken anyway; only if something else depends on the value it is done on the executor, where
 * that belongs. What {@link CompletableFuture#allOf} and {@link CompletableFuture#anyOf} make of it does not show, and may
 * be completed by the thread that waits, as by any that waits for a future.
 */
public final class PendingAsk<R extends @Nullable Object> extends CompletableFuture<R> implements OutcomeListener {

    private static final Executor DIRECTLY = Runnable::run;

    private final Submitter intake;
    private final OutcomeDecoder reader;
    private final AskAdmission limit;
    private final CallbackExecutor completion;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final AtomicBoolean handedOver = new AtomicBoolean();
    private final AtomicBoolean counted = new AtomicBoolean();
    private final AtomicReference<@Nullable Thread> waiter = new AtomicReference<>();
    /** Completes this, if that has not come about yet; null as long as there is no answer. */
    private volatile @Nullable Runnable answer;

    private volatile boolean hasDependents;
    private Runnable onCompletion = () -> {};
    private int argumentSize;
    private int resultSize;

    public PendingAsk(Submitter intake, OutcomeDecoder reader, AskAdmission limit, CallbackExecutor completion) {
        this.intake = intake;
        this.reader = reader;
        this.limit = limit;
        this.completion = completion;
    }

    public void submit(@Nullable Object argument) {
        try {
            submitEncoded(reader.writeArgument(argument));
        } catch (PayloadException unwritable) {
            refuse(intake.unwritable(argument, unwritable));
        } catch (PipelineBoxException refused) {
            refuse(refused);
        }
    }

    /** There is nothing to take back. */
    private void refuse(PipelineBoxException reason) {
        answered.set(true);
        completeExceptionally(reason);
    }

    /** Tells whether somebody could answer; otherwise this is completed with the reason why not. */
    boolean isPossible() {
        try {
            intake.check();
            return true;
        } catch (PipelineBoxException refused) {
            refuse(refused);
            return false;
        }
    }

    void submitEncoded(byte @Nullable [] payload) {
        if (!isPossible()) {
            return;
        }
        argumentSize = payload == null ? 0 : payload.length;
        limit.enter(argumentSize);
        counted.set(true);
        intake.register(this);
        if (answered.get()) {
            intake.forget(this);
            return;
        }
        intake.submit(Collections.singletonList(payload), this);
    }

    /** Sets what is run after this was completed, perhaps more than once; to be set before this is submitted. */
    void onCompletion(Runnable action) {
        onCompletion = action;
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
            handOver(() -> complete(taskId, outcome));
        }
    }

    @Override
    public void onMasterGone(PipelineBoxException reason) {
        if (answered.compareAndSet(false, true)) {
            intake.forget(this);
            handOver(() -> completeExceptionally(reason));
        }
    }

    /** A thread that waits and the one that answers each say first that they are here and then look for the other. */
    private void handOver(Runnable completing) {
        answer = completing;
        Thread waiting = waiter.get();
        if (waiting != null && !hasDependents) {
            LockSupport.unpark(waiting);
        } else {
            completion.execute(this::answerOnce);
        }
    }

    private void answerOnce() {
        Runnable completing = answer;
        if (completing != null && handedOver.compareAndSet(false, true)) {
            leave();
            completing.run();
        }
    }

    /** There is room for another one, before what depends on this one asks for it. */
    private void leave() {
        if (counted.compareAndSet(true, false)) {
            limit.leave(argumentSize);
        }
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
        hasDependents = true;
        return super.newIncompleteFuture();
    }

    @Override
    public CompletionStage<R> minimalCompletionStage() {
        hasDependents = true;
        return super.minimalCompletionStage();
    }

    @Override
    public boolean complete(R value) {
        boolean isNew = super.complete(value);
        onCompleted();
        return isNew;
    }

    @Override
    public boolean completeExceptionally(Throwable error) {
        boolean isNew = super.completeExceptionally(error);
        onCompleted();
        return isNew;
    }

    /** It would not call {@link #complete(Object)}. */
    @Override
    public CompletableFuture<R> completeAsync(Supplier<? extends R> supplier, Executor executor) {
        executor.execute(() -> completeBy(supplier));
        return this;
    }

    private void completeBy(Supplier<? extends R> supplier) {
        if (isDone()) {
            return;
        }
        try {
            complete(supplier.get());
        } catch (Throwable thrown) {
            completeExceptionally(thrown instanceof CompletionException ? thrown : new CompletionException(thrown));
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean isCancelled = super.cancel(mayInterruptIfRunning);
        onCompleted();
        return isCancelled;
    }

    @Override
    public void obtrudeValue(R value) {
        super.obtrudeValue(value);
        onCompleted();
    }

    @Override
    public void obtrudeException(Throwable error) {
        super.obtrudeException(error);
        onCompleted();
    }

    @Override
    public R join() {
        awaitAnswer(false, Long.MAX_VALUE);
        return super.join();
    }

    @Override
    public R get() throws InterruptedException, ExecutionException {
        awaitAnswer(true, Long.MAX_VALUE);
        return super.get();
    }

    @Override
    public R get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        long begin = System.nanoTime();
        awaitAnswer(true, unit.toNanos(timeout));
        return super.get(unit.toNanos(timeout) - (System.nanoTime() - begin), TimeUnit.NANOSECONDS);
    }

    /**
     * Waits as long as it may, and completes this if there is an answer. Only one thread waits here: others wait as for any
     * future, and so do those of a fork-join pool, which may have other work meanwhile.
     */
    private void awaitAnswer(boolean interruptible, long nanos) {
        Thread self = Thread.currentThread();
        if (isDone() || self instanceof ForkJoinWorkerThread || !waiter.compareAndSet(null, self)) {
            return;
        }
        park(interruptible, nanos);
        waiter.set(null);
        if (answer != null) {
            (hasDependents ? completion : DIRECTLY).execute(this::answerOnce);
        }
    }

    private void park(boolean interruptible, long nanos) {
        long begin = System.nanoTime();
        boolean interrupted = false;
        long left = nanos;
        while (answer == null && !isDone() && left > 0 && !(interrupted && interruptible)) {
            LockSupport.parkNanos(this, left);
            interrupted |= Thread.interrupted();
            left = nanos - (System.nanoTime() - begin);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Who completes this future from outside, by cancel or by a timeout of its own, does not want the answer any more. */
    private void onCompleted() {
        LockSupport.unpark(waiter.get());
        leave();
        if (answered.compareAndSet(false, true)) {
            intake.cancel(this);
            intake.forget(this);
        }
        onCompletion.run();
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
