package dev.pipelinebox.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ActorSystem;
import akka.actor.Cancellable;
import akka.actor.Scheduler;
import akka.event.NoLogging;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import scala.concurrent.ExecutionContext;
import scala.concurrent.ExecutionContext$;
import scala.runtime.BoxedUnit;

class DeadlineSchedulerTest {

    private static final Duration SOON = Duration.ofMillis(5);
    private static final Duration LATER = Duration.ofHours(1);

    private final BlockingQueue<Runnable> executed = new LinkedBlockingQueue<>();
    private final ExecutionContext where = executor(executed::add);
    private final DeadlineScheduler scheduler =
            new DeadlineScheduler(ConfigFactory.empty(), NoLogging.getInstance(), Thread::new);
    private final AtomicInteger runs = new AtomicInteger();

    @AfterEach
    void close() {
        scheduler.close();
    }

    @Test
    void runsOnceWhereItIsToldTo() throws Exception {
        long begin = System.nanoTime();
        Cancellable timer = scheduler.scheduleOnce(SOON, runs::incrementAndGet, where);

        executeNext();

        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(SOON.toNanos());
        assertThat(runs).hasValue(1);
        assertThat(timer.cancel()).isFalse();
        assertThat(timer.isCancelled()).isFalse();
    }

    @Test
    void whatIsCancelledDoesNotRun() throws Exception {
        Cancellable cancelled = scheduler.scheduleOnce(SOON, runs::incrementAndGet, where);
        assertThat(cancelled.cancel()).isTrue();
        assertThat(cancelled.cancel()).as("once more").isFalse();
        assertThat(cancelled.isCancelled()).isTrue();

        CountDownLatch next = new CountDownLatch(1);
        scheduler.scheduleOnce(SOON.multipliedBy(2), next::countDown, executor(Runnable::run));

        assertThat(next.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(executed).isEmpty();
    }

    @Test
    void repeatsUntilItIsCancelled() throws Exception {
        long begin = System.nanoTime();
        Cancellable timer = scheduler.scheduleAtFixedRate(Duration.ZERO, SOON, runs::incrementAndGet, where);
        executeNext();
        executeNext();
        executeNext();
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(2 * SOON.toNanos());

        Runnable last = executed.poll(60, TimeUnit.SECONDS);
        timer.cancel();
        last.run();

        assertThat(runs).hasValue(3);
        scheduler.scheduleOnce(SOON.multipliedBy(2), () -> {}, where);
        assertThat(executed.poll(60, TimeUnit.SECONDS)).isNotNull();
        assertThat(executed).isEmpty();
    }

    @Test
    void whatThrowsIsNotRepeated() throws Exception {
        Cancellable timer = scheduler.scheduleAtFixedRate(
                Duration.ZERO,
                SOON,
                () -> {
                    throw new IllegalArgumentException("thrown on request");
                },
                where);

        assertThatThrownBy(this::executeNext).hasMessage("thrown on request");

        assertThat(timer.cancel()).isFalse();
    }

    @Test
    void endsQuietlyWithTheActorSystem() throws Exception {
        scheduler.scheduleWithFixedDelay(Duration.ZERO, SOON, scheduler::close, where);
        scheduler.scheduleAtFixedRate(Duration.ZERO, SOON, runs::incrementAndGet, where);
        Runnable first = executed.poll(60, TimeUnit.SECONDS);
        Runnable second = executed.poll(60, TimeUnit.SECONDS);

        first.run();
        second.run();

        assertThat(runs).hasValue(1);
    }

    @Test
    void whatItsExecutorRefusesIsReported() throws Exception {
        BlockingQueue<Throwable> reported = new LinkedBlockingQueue<>();
        RejectedExecutionException refusal = new RejectedExecutionException("refused on request");
        ExecutionContext refusing = ExecutionContext$.MODULE$.fromExecutor(
                task -> {
                    throw refusal;
                },
                failure -> {
                    reported.add(failure);
                    return BoxedUnit.UNIT;
                });

        scheduler.scheduleOnce(SOON, runs::incrementAndGet, refusing);

        assertThat(reported.poll(60, TimeUnit.SECONDS)).isSameAs(refusal);
    }

    @Test
    void whatFailsToReleaseResourcesDoesNotKeepTheOthersFromIt() {
        CountDownLatch released = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            Scheduler.TaskRunOnClose failing = () -> {
                released.countDown();
                throw new IllegalArgumentException("thrown on request");
            };
            scheduler.scheduleOnce(LATER, failing, where);
        }

        scheduler.close();

        assertThat(released.getCount()).isZero();
    }

    @Test
    void whatReleasesResourcesRunsWhenItIsClosedAndNothingElseDoes() {
        CountDownLatch released = new CountDownLatch(1);
        scheduler.scheduleOnce(LATER, (Scheduler.TaskRunOnClose) released::countDown, where);
        Cancellable cancelled = scheduler.scheduleOnce(LATER, (Scheduler.TaskRunOnClose) runs::incrementAndGet, where);
        cancelled.cancel();
        scheduler.scheduleOnce(LATER, runs::incrementAndGet, where);

        scheduler.close();

        assertThat(released.getCount()).isZero();
        assertThat(runs).hasValue(0);
        assertThatThrownBy(() -> scheduler.scheduleOnce(SOON, runs::incrementAndGet, where))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> scheduler.scheduleAtFixedRate(SOON, SOON, runs::incrementAndGet, where))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void isThatOfThePrivateSystems() {
        ActorSystem system = ActorSystem.create(
                ClusterSpec.SYSTEM_NAME,
                ActorSystemSettings.masterAlone(Map.of()),
                getClass().getClassLoader());
        try {
            assertThat(system.scheduler()).isInstanceOf(DeadlineScheduler.class);
        } finally {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
        }
    }

    private void executeNext() throws InterruptedException {
        executed.poll(60, TimeUnit.SECONDS).run();
    }

    private static ExecutionContext executor(Executor executor) {
        return ExecutionContext$.MODULE$.fromExecutor(executor);
    }
}
