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
 * A run between two Reactive Streams: what comes from upstream is a task each, what goes downstream are the results, as
 * they finish. It asks upstream for as much as the run's window has room for. Signals may come on any threads; each only
 * notes what it says and has {@link #step} run, one at a time, where all signals downstream are given.
 */
public final class RunProcessor<A extends @Nullable Object, R extends @Nullable Object>
        implements Flow.Processor<A, TaskResult<R>> {

    private static final Flow.Subscription NOTHING = new Flow.Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    };

    private final Run<R> run;
    private final Submitter intake;
    private final CallbackExecutor completion;
    private final AtomicInteger signals = new AtomicInteger();
    private final AtomicReference<Flow.@Nullable Subscription> upstream = new AtomicReference<>();
    private final AtomicBoolean hasSubscriber = new AtomicBoolean();
    private final AtomicLong demand = new AtomicLong();
    private final AtomicLong awaited = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile Flow.@Nullable Subscriber<? super TaskResult<R>> downstream;
    private volatile boolean cancelled;
    private boolean introduced;
    private boolean started;
    private boolean ended;

    /** Elements go in by these ways; the intake is that of all. */
    public RunProcessor(
            Run<R> run, Submitter intake, Function<@Nullable Object, Submitter> ways, CallbackExecutor completion) {
        this.run = run;
        this.intake = intake;
        this.completion = completion;
        run.expect(-1, ways);
        run.onChange(this::signal);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super TaskResult<R>> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        if (hasSubscriber.compareAndSet(false, true)) {
            downstream = subscriber;
            signal();
        } else {
            subscriber.onSubscribe(NOTHING);
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
            run.take(argument);
        } catch (Throwable thrown) {
            failure.compareAndSet(null, thrown);
        }
        awaited.decrementAndGet();
        signal();
    }

    @Override
    public void onError(Throwable thrown) {
        failure.compareAndSet(null, Objects.requireNonNull(thrown, "thrown"));
        signal();
    }

    @Override
    public void onComplete() {
        run.onFed();
    }

    private void signal() {
        if (signals.getAndIncrement() == 0) {
            completion.execute(this::stepUntilQuiet);
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
        if (!introduced) {
            introduced = true;
            subscriber.onSubscribe(new Demand());
        }
        if (cancelled) {
            end();
            return;
        }
        if (!started && upstream.get() != null) {
            start();
        }
        handOut(subscriber);
        Throwable failed = failure.get();
        if (cancelled) {
            end();
        } else if (failed != null) {
            end();
            subscriber.onError(failed);
        } else if (run.isOver() && !run.hasArrived()) {
            complete(subscriber);
        } else if (started) {
            ask();
        }
    }

    private void start() {
        started = true;
        try {
            intake.check();
            intake.register(run);
        } catch (RuntimeException refused) {
            failure.compareAndSet(null, refused);
        }
    }

    private void handOut(Flow.Subscriber<? super TaskResult<R>> subscriber) {
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
            return run.poll();
        } catch (Throwable thrown) {
            failure.compareAndSet(null, thrown);
            return null;
        }
    }

    private void complete(Flow.Subscriber<? super TaskResult<R>> subscriber) {
        Throwable problem = run.problem();
        end();
        if (problem == null) {
            subscriber.onComplete();
        } else {
            subscriber.onError(problem);
        }
    }

    private void ask() {
        long wanted = run.room() - awaited.get();
        Flow.Subscription source = upstream.get();
        if (wanted > 0 && source != null) {
            awaited.addAndGet(wanted);
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
        run.close();
        Flow.Subscription source = upstream.getAndSet(NOTHING);
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

    /** What the subscriber says. */
    private final class Demand implements Flow.Subscription {

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
