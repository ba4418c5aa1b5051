package dev.pipelinebox.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.internal.codec.KeyCodec;
import dev.pipelinebox.internal.task.Batches;
import dev.pipelinebox.internal.task.Demand;
import dev.pipelinebox.internal.task.OutcomeSink;
import dev.pipelinebox.internal.task.Policies;
import dev.pipelinebox.internal.task.TaskBatch;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/**
 * With many workers a message costs what it costs with few: the work is counted in bytes that are allocated, which do not
 * depend on how busy the machine is.
 */
class SchedulerScaleTest {

    private static final int FEW = 200;
    private static final int MANY = 1_000;
    private static final int MESSAGES = 2_000;
    private static final int TASKS_EACH = 20;

    private static final Demand ONE = new Demand(1, 1 << 20);
    private static final Demand TEN = new Demand(10, 1 << 20);
    private static final OutcomeSink CALLER = (taskId, outcome) -> {};

    @Test
    void anOutcomeWhileAllAreBusyAndMoreWaits() {
        assertThat(bytesPerOutcome(MANY, ONE, SchedulerScaleTest::task))
                .isLessThan(1.5 * bytesPerOutcome(FEW, ONE, SchedulerScaleTest::task));
    }

    @Test
    void anOutcomeWhileAllHoldTasksThatTravelAlone() {
        assertThat(bytesPerOutcome(MANY, TEN, SchedulerScaleTest::once))
                .isLessThan(1.5 * bytesPerOutcome(FEW, TEN, SchedulerScaleTest::once));
    }

    @Test
    void anOutcomeWhileAllHaveKeysOfTheirOwn() {
        assertThat(bytesPerOutcome(MANY, ONE, id -> withKey(id, id % MANY)))
                .isLessThan(1.5 * bytesPerOutcome(FEW, ONE, id -> withKey(id, id % FEW)));
    }

    @Test
    void aTaskWhileAllIdle() {
        assertThat(bytesPerTask(MANY)).isLessThan(1.5 * bytesPerTask(FEW));
    }

    private static double bytesPerTask(int workers) {
        Scheduler scheduler = scheduler(workers, TEN);
        long before = allocated();
        for (long id = 1; id <= MESSAGES; id++) {
            scheduler.add(task(id));
            Lease only = scheduler.assign().get(0);
            scheduler.finish(only.process(), id, 1, 1);
            scheduler.assign();
        }
        return (double) (allocated() - before) / MESSAGES;
    }

    /** Each outcome is a message: it is taken, and what waits is handed out. */
    private static double bytesPerOutcome(int workers, Demand demand, LongFunction<TaskBatch> task) {
        Scheduler scheduler = scheduler(workers, demand);
        for (long id = 1; id <= (long) workers * TASKS_EACH; id++) {
            scheduler.add(task.apply(id));
        }
        List<Lease> running = new ArrayList<>(scheduler.assign());
        assertThat(running).as("all work").hasSize(workers);
        long before = allocated();
        for (int message = 0; message < MESSAGES; message++) {
            Lease done = running.get(message % workers);
            scheduler.finish(done.process(), done.tasks().firstId(), 1, done.attempt());
            List<Lease> next = scheduler.assign();
            running.set(message % workers, next.get(0));
        }
        return (double) (allocated() - before) / MESSAGES;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static Scheduler scheduler(int workers, Demand demand) {
        Scheduler scheduler = new Scheduler(Duration.ofSeconds(5));
        for (int worker = 0; worker < workers; worker++) {
            scheduler.openSlot(worker);
            scheduler.workerReady(worker, worker, demand);
        }
        return scheduler;
    }

    private static TaskBatch task(long id) {
        return Batches.of(id, null, Policies.attempts(3), CALLER);
    }

    private static TaskBatch once(long id) {
        return Batches.of(id, null, Policies.attempts(1), CALLER);
    }

    private static TaskBatch withKey(long id, long key) {
        return Batches.of(
                id, null, Policies.attempts(3).with(TaskOptions.defaults().withKey(key), KeyCodec::write), CALLER);
    }
}
