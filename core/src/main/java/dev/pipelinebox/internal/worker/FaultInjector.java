package dev.pipelinebox.internal.worker;

import dev.pipelinebox.internal.bootstrap.FaultPlan;
import dev.pipelinebox.internal.bootstrap.FaultPlan.TaskFault;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Decides when a fault strikes that the user has ordered for a test. Immutable. */
final class FaultInjector {

    private final FaultPlan faults;
    private final WorkerEnvironment host;
    private final Map<Long, List<TaskFault>> byTask;

    FaultInjector(FaultPlan faults, WorkerEnvironment host) {
        this.faults = faults;
        this.host = host;
        this.byTask = faults.tasks().stream().collect(Collectors.groupingBy(TaskFault::task));
    }

    /** To be called before the user's worker is built. */
    void beforeStart(long process) throws InterruptedException {
        if (faults.slowStartMillis() > 0) {
            Thread.sleep(faults.slowStartMillis());
        }
        if (process <= faults.failingStarts()) {
            throw new IllegalStateException(
                    "start " + process + " of a worker's process fails, as a test has ordered it"
                            + " (pipelinebox.test.failing-starts = " + faults.failingStarts() + ")");
        }
    }

    /** To be called before a task is run: tells whether the worker has been struck, so that nothing more is run. */
    boolean strike(TaskEnvelope task) {
        if (byTask.isEmpty()) {
            return false;
        }
        for (TaskFault fault : byTask.getOrDefault(task.taskId(), List.of())) {
            if (!fault.once() || task.attempt() == 1) {
                host.suffer(fault);
                return true;
            }
        }
        return false;
    }
}
