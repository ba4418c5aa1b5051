package dev.pipelinebox.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.internal.codec.KeyCodec;
import dev.pipelinebox.internal.task.Batches;
import dev.pipelinebox.internal.task.Demand;
import dev.pipelinebox.internal.task.OutcomeSink;
import dev.pipelinebox.internal.task.Policies;
import dev.pipelinebox.internal.task.TaskBatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A scheduler without tasks and processes, and what its tests have in common. */
class SchedulerFixture {

    static final Demand ONE = new Demand(1, 1 << 20);
    static final Demand MANY = new Demand(100, 1 << 20);
    static final OutcomeSink CALLER = (taskId, outcome) -> {};
    static final OutcomeSink OTHER_CALLER = (taskId, outcome) -> {};
    static final TaskOptions DEFAULTS = TaskOptions.defaults();

    /** In milliseconds. */
    static final long GRACE = 5000;

    final Scheduler scheduler = new Scheduler(Duration.ofMillis(GRACE));

    void at(long millis) {
        scheduler.now(Duration.ofMillis(millis).toNanos());
    }

    /** Each process fills a slot of its own. */
    void ready(long process, Demand demand) {
        scheduler.workerReady(process, (int) process, demand);
    }

    void add(long... ids) {
        LongStream.of(ids).forEach(id -> scheduler.add(task(id, 0)));
    }

    void addUpTo(long last) {
        LongStream.rangeClosed(1, last).forEach(id -> scheduler.add(task(id, 0)));
    }

    void add(long id, TaskOptions options) {
        scheduler.add(task(id, options));
    }

    /** Adds this task, which a process that asks for one task runs. */
    void run(TaskBatch task) {
        ready(1, ONE);
        scheduler.add(task);
        scheduler.assign();
    }

    /** Assigns tasks, which must all be for this process, and at least one. */
    List<Long> assignedTo(long process) {
        Map<Long, List<Long>> assigned = assigned();
        assertThat(assigned).containsOnlyKeys(process);
        return assigned.get(process);
    }

    /** Assigns tasks; the ids of the new leases by process. */
    Map<Long, List<Long>> assigned() {
        return scheduler.assign().stream()
                .collect(Collectors.groupingBy(
                        Lease::process,
                        Collectors.flatMapping(lease -> lease.tasks().ids(), Collectors.toList())));
    }

    /** What is revoked in this call, counted from 1; the calls before it must revoke nothing. */
    Map<Long, List<Long>> revocationsInCall(int number) {
        for (int call = 1; call < number; call++) {
            assertThat(scheduler.revocations()).isEmpty();
        }
        return scheduler.revocations();
    }

    /** What is to be done about the tasks that have passed a limit. */
    List<String> timeoutActions() {
        return scheduler.overdue().stream()
                .map(action -> (action.kill()
                                ? "kill process %d for task %d: %s"
                                : "interrupt task %2$d in process %1$d: %3$s")
                        .formatted(action.process(), action.task().id(), action.limit()))
                .toList();
    }

    static TaskBatch task(long id, int bytes) {
        return Batches.of(id, new byte[bytes], Policies.attempts(3), CALLER);
    }

    static TaskBatch task(long id, OutcomeSink caller) {
        return task(id, DEFAULTS, caller);
    }

    static TaskBatch task(long id, TaskOptions options) {
        return task(id, options, CALLER);
    }

    static TaskBatch task(long id, TaskOptions options, OutcomeSink caller) {
        return Batches.of(id, null, Policies.attempts(3).with(options, KeyCodec::write), caller);
    }

    static TaskBatch withOneAttempt(long id) {
        return Batches.of(id, null, Policies.attempts(1), CALLER);
    }

    static TaskBatch withTwoAttempts(long id) {
        return Batches.of(id, null, Policies.attempts(2), CALLER);
    }
}
