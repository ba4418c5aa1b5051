package dev.pipelinebox.internal.worker;

import dev.pipelinebox.internal.bootstrap.FaultPlan;
import dev.pipelinebox.internal.bootstrap.FaultPlan.TaskFault;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Injects the faults that the user has configured for a test. Immutable. */
final class FaultInjector {

    private final FaultPlan faults;
    private final WorkerEnvironment environment;
    private final Map<Long, List<TaskFault>> byTask;

    FaultInjector(FaultPlan faults, WorkerEnvironment environment) {
        this.faults = faults;
        this.environment = environment;
        this.byTask = faults.tasks().stream().collect(Collectors.groupingBy(TaskFault::task));
    }

    /** To be called before the user's worker is built. */
    void beforeStart(long process) throws InterruptedException {
        if (faults.slowStartMillis() > 0) {
            Thread.sleep(faults.slowStartMillis());
        }
        if (process <= faults.failingStarts()) {
            throw new IllegalStateException(
                    "start " + process + " of a worker's process fails, as a test has configured it"
                            + " (pipelinebox.test.failing-starts = " + faults.failingStarts() + ")");
        }
    }

    /** To be called before a task is run; {@code true} if a fault was injected, so that nothing more is run. */
    boolean inject(RunningTask task) {
        if (byTask.isEmpty()) {
            return false;
        }
        for (TaskFault fault : byTask.getOrDefault(task.taskId(), List.of())) {
            if (!fault.once() || task.attempt() == 1) {
                environment.inject(fault);
                return true;
            }
        }
        return false;
    }
}
