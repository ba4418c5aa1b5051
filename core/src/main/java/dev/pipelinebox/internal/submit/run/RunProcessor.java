package dev.pipelinebox.internal.submit.run;

import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.internal.client.CallbackExecutor;
import dev.pipelinebox.internal.client.Submitter;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A run as a processor of Reactive Streams: each element from upstream is a task, and results go downstream as they
 * finish. It requests as many elements as the run's window has room for. Signals come on any thread: each only records
 * what it says and schedules {@link #step}, which runs once at a time and gives all signals downstream.
 */
public final class RunProcessor<A extends @Nullable Object, R extends @Nullable Object>
        implements Flow.Processor<A, TaskResult<R>> {

    private static final Flow.Subscription EMPTY = new Flow.Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    };

    private final Run<R> run;
    private final RunInput input;
    private final RunOutput<R> output;
    private final Submitter submitter;
    private final CallbackExecutor callbacks;
    private final AtomicInteger signals = new AtomicInteger();
    private final AtomicReference<Flow.@Nullable Subscription> upstream = new AtomicReference<>();
    private final AtomicBoolean hasSubscriber = new AtomicBoolean();
    private final AtomicLong demand = new AtomicLong();
    private final AtomicLong requested = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile Flow.@Nullable Subscriber<? super TaskResult<R>> downstream;
    private volatile boolean cancelled;
    private boolean subscribed;
    private boolean started;
    private boolean ended;

    /** The function gives how an element is submitted; the submitter stands for all of them. */
    public RunProcessor(
            Run<R> run,
            Submitter submitter,
            Function<@Nullable Object, Submitter> submitters,
            CallbackExecutor callbacks) {
        this.run = run;
        this.input = run.input();
        this.output = run.output();
        this.submitter = submitter;
        this.callbacks = callbacks;
        input.expect(-1, submitters);
        output.onChange(this::signal);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super TaskResult<R>> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        if (hasSubscriber.compareAndSet(false, true)) {
            downstream = subscriber;
            signal();
        } else {
            subscriber.onSubscribe(EMPTY);
            subscriber.onError(new IllegalStateException(
                    "This processor has had its one subscriber; call processor() again for another run"));
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        Objects.requireNonNull(subscription, "subscription");
        if (upstream.compareAndSet(null, subscription)) {
            signal();
        } else {
            cancel(subscription);
        }
    }

    @Override
    public void onNext(A argument) {
        Objects.requireNonNull(argument, "argument");
        try {
            input.take(argument);
        } catch (Throwable thrown) {
            failure.compareAndSet(null, thrown);
        }
        requested.decrementAndGet();
        signal();
    }

    @Override
    public void onError(Throwable thrown) {
        failure.compareAndSet(null, Objects.requireNonNull(thrown, "thrown"));
        signal();
    }

    @Override
    public void onComplete() {
        input.onInputEnded();
    }

    private void signal() {
        if (signals.getAndIncrement() == 0) {
            callbacks.execute(this::stepUntilQuiet);
        }
    }

    private void stepUntilQuiet() {
        int seen = signals.get();
        do {
            try {
                step();
            } catch (Throwable brokenSubscriber) {
                end();
                throw brokenSubscriber;
            }
            seen = signals.addAndGet(-seen);
        } while (seen != 0);
    }

    private void step() {
        Flow.Subscriber<? super TaskResult<R>> subscriber = downstream;
        if (ended || subscriber == null) {
            return;
        }
        if (!subscribed) {
            subscribed = true;
            subscriber.onSubscribe(new Downstream());
        }
        if (cancelled) {
            end();
            return;
        }
        if (!started && upstream.get() != null) {
            start();
        }
        emit(subscriber);
        Throwable failed = failure.get();
        if (cancelled) {
            end();
        } else if (failed != null) {
            end();
            subscriber.onError(failed);
        } else if (output.isOver() && !output.hasArrived()) {
            complete(subscriber);
        } else if (started) {
            request();
        }
    }

    private void start() {
        started = true;
        try {
            submitter.check();
            submitter.register(run);
        } catch (RuntimeException refused) {
            failure.compareAndSet(null, refused);
        }
    }

    private void emit(Flow.Subscriber<? super TaskResult<R>> subscriber) {
        while (demand.get() > 0 && !cancelled && failure.get() == null) {
            TaskResult<R> result = poll();
            if (result == null) {
                return;
            }
            demand.updateAndGet(left -> left == Long.MAX_VALUE ? left : left - 1);
            subscriber.onNext(result);
        }
    }

    private @Nullable TaskResult<R> poll() {
        try {
            return output.poll();
        } catch (Throwable thrown) {
            failure.compareAndSet(null, thrown);
            return null;
        }
    }

    private void complete(Flow.Subscriber<? super TaskResult<R>> subscriber) {
        Throwable problem = output.problem();
        end();
        if (problem == null) {
            subscriber.onComplete();
        } else {
            subscriber.onError(problem);
        }
    }

    private void request() {
        long wanted = input.room() - requested.get();
        Flow.Subscription source = upstream.get();
        if (wanted > 0 && source != null) {
            requested.addAndGet(wanted);
            try {
                source.request(wanted);
            } catch (Throwable broken) {
                failure.compareAndSet(null, broken);
                signal();
            }
        }
    }

    private void end() {
        ended = true;
        downstream = null;
        output.close();
        Flow.Subscription source = upstream.getAndSet(EMPTY);
        if (source != null) {
            cancel(source);
        }
    }

    private static void cancel(Flow.Subscription source) {
        try {
            source.cancel();
        } catch (Throwable broken) {
            LoggerFactory.getLogger(RunProcessor.class).warn("A publisher cannot be cancelled", broken);
        }
    }

    /** The subscription of the subscriber downstream. */
    private final class Downstream implements Flow.Subscription {

        @Override
        public void request(long n) {
            if (n > 0) {
                demand.updateAndGet(before -> before + n < 0 ? Long.MAX_VALUE : before + n);
            } else {
                failure.compareAndSet(
                        null,
                        new IllegalArgumentException("request(" + n + ") is not allowed; ask for at least one (§3.9)"));
            }
            signal();
        }

        @Override
        public void cancel() {
            cancelled = true;
            signal();
        }
    }
}
