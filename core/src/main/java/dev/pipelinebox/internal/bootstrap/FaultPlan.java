package dev.pipelinebox.internal.bootstrap;

import java.util.List;

/**
 * What goes wrong in workers on purpose, so that users can test how their own code deals with it.
 *
 * @param tasks what befalls single tasks, instead of running them
 * @param failingStarts so many processes, the first that a master starts, fail to build their worker
 * @param slowStartMillis how long each process waits before it builds its worker
 */
public record FaultPlan(List<TaskFault> tasks, int failingStarts, long slowStartMillis) {

    /** Nothing goes wrong on purpose. */
    public static final FaultPlan NONE = new FaultPlan(List.of(), 0, 0);

    /** What may befall a task. */
    public enum Kind {
        /** Native code crashes the JVM. */
        CRASH,
        /** {@code System.exit} is called. */
        EXIT,
        /** The task never returns and takes no notice of interrupts. */
        HANG,
        /** The heap is exhausted. */
        OUT_OF_MEMORY
    }

    /**
     * What befalls one task.
     *
     * @param task the task's number
     * @param kind what happens
     * @param exitCode the code of {@link Kind#EXIT}; 0 for the others
     * @param once whether it strikes the first attempt only
     */
    public record TaskFault(long task, Kind kind, int exitCode, boolean once) {}

    /**
     * Checks nothing and copies.
     *
     * @param tasks what befalls single tasks
     * @param failingStarts how many processes fail to build their worker
     * @param slowStartMillis how long each process waits
     */
    public FaultPlan {
        tasks = List.copyOf(tasks);
    }
}
