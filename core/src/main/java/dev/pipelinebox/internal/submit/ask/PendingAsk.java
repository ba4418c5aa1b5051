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
import dev.pipelinebox.internal.task.Payloads;
import java.util.List;
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
 * One ask: a future of one task's value, decoded and completed off the actor's thread. A thread that waits for it does so
 * itself, since it is woken anyway; if dependent actions exist, the callback executor does it. {@link
 * CompletableFuture#allOf} and {@link CompletableFuture#anyOf} cannot be seen as dependents, so the waiting thread may
 * complete what they return.
 */
public final class PendingAsk<R extends @Nullable Object> extends CompletableFuture<R> implements OutcomeListener {

    private static final Executor DIRECTLY = Runnable::run;

    private final Submitter submitter;
    private final OutcomeDecoder decoder;
    private final AskAdmission admission;
    private final CallbackExecutor callbacks;
    private final AtomicBoolean hasOutcome = new AtomicBoolean();
    private final AtomicBoolean isDelivered = new AtomicBoolean();
    private final AtomicBoolean isAdmitted = new AtomicBoolean();
    private final AtomicReference<@Nullable Thread> waiter = new AtomicReference<>();
    /** Completes this future; {@code null} before there is an outcome. */
    private volatile @Nullable Runnable delivery;

    private volatile boolean hasDependents;
    private Runnable onCompletion = () -> {};
    private int argumentSize;
    private int resultSize;

    public PendingAsk(Submitter submitter, OutcomeDecoder decoder, AskAdmission admission, CallbackExecutor callbacks) {
        this.submitter = submitter;
        this.decoder = decoder;
        this.admission = admission;
        this.callbacks = callbacks;
    }

    public void submit(@Nullable Object argument) {
        try {
            submitEncoded(decoder.encode(argument));
        } catch (PayloadException notEncoded) {
            refuse(submitter.encodingFailure(argument, notEncoded));
        } catch (PipelineBoxException refused) {
            refuse(refused);
        }
    }

    /** No task was submitted, so there is nothing to cancel. */
    private void refuse(PipelineBoxException reason) {
        hasOutcome.set(true);
        completeExceptionally(reason);
    }

    /** Whether a task can be submitted; otherwise this fails with the reason. */
    boolean isPossible() {
        try {
            submitter.check();
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
        admission.admit(argumentSize);
        isAdmitted.set(true);
        submitter.register(this);
        if (hasOutcome.get()) {
            submitter.unregister(this);
            return;
        }
        submitter.submit(List.of(Payloads.of(payload)), this);
    }

    /** The action runs after completion, perhaps more than once; it is set before this is submitted. */
    void onCompletion(Runnable action) {
        onCompletion = action;
    }

    /** In bytes. */
    int argumentSize() {
        return argumentSize;
    }

    /** In bytes; 0 before there is an outcome. */
    int resultSize() {
        return resultSize;
    }

    @Override
    public void onOutcome(long taskId, Outcome outcome) {
        if (hasOutcome.compareAndSet(false, true)) {
            resultSize = outcome.size();
            submitter.unregister(this);
            deliver(() -> complete(taskId, outcome));
        }
    }

    @Override
    public void onMasterEnded(PipelineBoxException reason) {
        if (hasOutcome.compareAndSet(false, true)) {
            submitter.unregister(this);
            deliver(() -> completeExceptionally(reason));
        }
    }

    /** The waiting thread and the delivering one each announce themselves first and then look for the other. */
    private void deliver(Runnable completing) {
        delivery = completing;
        Thread waiting = waiter.get();
        if (waiting != null && !hasDependents) {
            LockSupport.unpark(waiting);
        } else {
            callbacks.execute(this::deliverOnce);
        }
    }

    private void deliverOnce() {
        Runnable completing = delivery;
        if (completing != null && isDelivered.compareAndSet(false, true)) {
            release();
            completing.run();
        }
    }

    /** Makes room before dependent actions run, since they may ask again. */
    private void release() {
        if (isAdmitted.compareAndSet(true, false)) {
            admission.release(argumentSize);
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

    /** The inherited one would not call {@link #complete(Object)}. */
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
        awaitOutcome(false, Long.MAX_VALUE);
        return super.join();
    }

    @Override
    public R get() throws InterruptedException, ExecutionException {
        awaitOutcome(true, Long.MAX_VALUE);
        return super.get();
    }

    @Override
    public R get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        long begin = System.nanoTime();
        awaitOutcome(true, unit.toNanos(timeout));
        return super.get(unit.toNanos(timeout) - (System.nanoTime() - begin), TimeUnit.NANOSECONDS);
    }

    /**
     * Waits for the outcome and delivers it. Only one thread waits here: others wait as for any future, and so do threads of
     * a fork-join pool, which may run other work meanwhile.
     */
    private void awaitOutcome(boolean interruptible, long nanos) {
        Thread self = Thread.currentThread();
        if (isDone() || self instanceof ForkJoinWorkerThread || !waiter.compareAndSet(null, self)) {
            return;
        }
        park(interruptible, nanos);
        waiter.set(null);
        if (delivery != null) {
            (hasDependents ? callbacks : DIRECTLY).execute(this::deliverOnce);
        }
    }

    private void park(boolean interruptible, long nanos) {
        long begin = System.nanoTime();
        boolean interrupted = false;
        long left = nanos;
        while (delivery == null && !isDone() && left > 0 && !(interrupted && interruptible)) {
            LockSupport.parkNanos(this, left);
            interrupted |= Thread.interrupted();
            left = nanos - (System.nanoTime() - begin);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A completion from outside, by cancel or by a timeout of the caller's, cancels the task. */
    private void onCompleted() {
        LockSupport.unpark(waiter.get());
        release();
        if (hasOutcome.compareAndSet(false, true)) {
            submitter.cancel(this);
            submitter.unregister(this);
        }
        onCompletion.run();
    }

    private void complete(long taskId, Outcome outcome) {
        try {
            TaskResult<R> result = decoder.decode(taskId, outcome);
            if (result instanceof TaskResult.Failure<R> failure) {
                completeExceptionally(failure.error());
            } else {
                complete(result.value());
            }
        } catch (Throwable broken) {
            completeExceptionally(broken);
        }
    }
}
