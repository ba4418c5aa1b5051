package dev.pipelinebox.testkit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Configurations of a master for tests: with its workers inside the test's own process, with injected faults, or both.
 *
 * <pre>{@code
 * Master.of(MyWorker.class).config(TestKit.inProcess().toConfig()).start();
 * Master.of(MyWorker.class).config(TestKit.faults().crash(3).exitOnce(5, 42).toConfig()).start();
 * }</pre>
 *
 * <p><b>A fault</b> belongs to a task id. Ids count from 1 in the order of adding. It happens right before the call of
 * {@code runTask}, in each attempt. A fault named {@code …Once} happens in the first attempt only, so that the task
 * succeeds in its second one. Workers are real processes and so are their ends. Of several faults of one task the first
 * one that applies happens. With faults, a worker holds one task at a time, so that a fault affects no other task.
 *
 * <p><b>In process</b>, a breakpoint in the worker stops the test, and static variables are shared. Arguments, results
 * and parameters are encoded and decoded as with processes. {@code ask}, cancelling, progress and replacement work.
 * Faults are simulated: the worker ends, the process does not. The differences:
 *
 * <ul>
 *   <li>Time limits are off, those of tasks and {@code worker.init-timeout}, so that a breakpoint can hold the worker.
 *       A hanging task ends when it is cancelled and {@code task.grace} is over, or when the master is closed.
 *   <li>A thread cannot be killed. If the code of a worker ignores interrupts, the worker is given up, and its thread
 *       goes on.
 *   <li>{@code System.exit}, a crash or a full heap in the worker's own code affect the test.
 *   <li>{@code WorkerOptions} and the matching configuration have no effect. The process id of workers is that of the
 *       test, and their output has no prefix.
 * </ul>
 *
 * <p>Immutable: each method returns a changed copy. Add your own settings as a fallback: {@code
 * kit.toConfig().withFallback(own)}.
 */
public final class TestKit {

    private static final String SECTION = "pipelinebox.test";

    private final boolean inProcess;
    private final List<Map<String, Object>> faults;
    private final int failingStarts;
    private final Duration slowStart;

    private TestKit(boolean inProcess, List<Map<String, Object>> faults, int failingStarts, Duration slowStart) {
        this.inProcess = inProcess;
        this.faults = faults;
        this.failingStarts = failingStarts;
        this.slowStart = slowStart;
    }

    /**
     * Workers run inside the caller's process. Faults can be added.
     *
     * @return a kit
     */
    public static TestKit inProcess() {
        return new TestKit(true, List.of(), 0, Duration.ZERO);
    }

    /**
     * Workers run in separate processes, as usual. Faults can be added.
     *
     * @return a kit
     */
    public static TestKit faults() {
        return new TestKit(false, List.of(), 0, Duration.ZERO);
    }

    /**
     * These tasks crash their worker's JVM in native code.
     *
     * @param taskIds the task ids
     * @return a changed copy
     * @throws IllegalArgumentException if an id is under 1
     */
    public TestKit crash(long... taskIds) {
        return with("crash", false, taskIds);
    }

    /**
     * As {@link #crash}, but in the first attempt only.
     *
     * @param taskIds the task ids
     * @return a changed copy
     * @throws IllegalArgumentException if an id is under 1
     */
    public TestKit crashOnce(long... taskIds) {
        return with("crash", true, taskIds);
    }

    /**
     * This task calls {@code System.exit}.
     *
     * @param taskId the task id
     * @param code the exit code, from 0 to 255
     * @return a changed copy
     * @throws IllegalArgumentException if the id is under 1, or the code is not from 0 to 255
     */
    public TestKit exit(long taskId, int code) {
        return with(exitFault(taskId, code, false));
    }

    /**
     * As {@link #exit}, but in the first attempt only.
     *
     * @param taskId the task id
     * @param code the exit code, from 0 to 255
     * @return a changed copy
     * @throws IllegalArgumentException if the id is under 1, or the code is not from 0 to 255
     */
    public TestKit exitOnce(long taskId, int code) {
        return with(exitFault(taskId, code, true));
    }

    /**
     * These tasks never end and ignore interrupts. Set a limit that kills, by {@code TaskOptions.withHardTimeout} or
     * {@code pipelinebox.task.timeout.hard}.
     *
     * @param taskIds the task ids
     * @return a changed copy
     * @throws IllegalArgumentException if an id is under 1
     */
    public TestKit hang(long... taskIds) {
        return with("hang", false, taskIds);
    }

    /**
     * As {@link #hang}, but in the first attempt only. A task that was killed by its limit is not tried again. This
     * fault is for tasks whose worker ends in another way.
     *
     * @param taskIds the task ids
     * @return a changed copy
     * @throws IllegalArgumentException if an id is under 1
     */
    public TestKit hangOnce(long... taskIds) {
        return with("hang", true, taskIds);
    }

    /**
     * These tasks exhaust the heap of their worker.
     *
     * @param taskIds the task ids
     * @return a changed copy
     * @throws IllegalArgumentException if an id is under 1
     */
    public TestKit outOfMemory(long... taskIds) {
        return with("out-of-memory", false, taskIds);
    }

    /**
     * As {@link #outOfMemory}, but in the first attempt only.
     *
     * @param taskIds the task ids
     * @return a changed copy
     * @throws IllegalArgumentException if an id is under 1
     */
    public TestKit outOfMemoryOnce(long... taskIds) {
        return with("out-of-memory", true, taskIds);
    }

    /**
     * The constructor of the worker fails in the first processes that a master starts, spares and replacements
     * included. A worker is given up after {@code pipelinebox.worker.max-start-failures} in a row.
     *
     * @param processes the number of processes
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative
     */
    public TestKit failingStarts(int processes) {
        if (processes < 0) {
            throw new IllegalArgumentException(processes + " processes cannot fail to start; give 0 or more");
        }
        return new TestKit(inProcess, faults, processes, slowStart);
    }

    /**
     * Each process waits before it builds its worker.
     *
     * @param delay the wait; zero for none
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative, or over zero but under a millisecond
     */
    public TestKit slowStart(Duration delay) {
        if (delay.isNegative() || (!delay.isZero() && delay.toMillis() == 0)) {
            throw new IllegalArgumentException("A start cannot be slower by " + delay + "; give 1 ms or more, or zero");
        }
        return new TestKit(inProcess, faults, failingStarts, delay);
    }

    /**
     * The argument of {@code MasterBuilder.config}.
     *
     * @return the keys under {@code pipelinebox.test} for these settings, and no others
     */
    public Config toConfig() {
        Map<String, Object> keys = new HashMap<>();
        if (inProcess) {
            keys.put(SECTION + ".in-process", true);
        }
        if (!faults.isEmpty()) {
            keys.put(SECTION + ".faults", faults);
        }
        if (failingStarts > 0) {
            keys.put(SECTION + ".failing-starts", failingStarts);
        }
        if (!slowStart.isZero()) {
            keys.put(SECTION + ".slow-start", slowStart.toMillis() + " ms");
        }
        return ConfigFactory.parseMap(keys, "TestKit");
    }

    private TestKit with(String kind, boolean once, long... taskIds) {
        TestKit changed = this;
        for (long taskId : taskIds) {
            changed = changed.with(fault(taskId, kind, once));
        }
        return changed;
    }

    private TestKit with(Map<String, Object> fault) {
        List<Map<String, Object>> more = new ArrayList<>(faults);
        more.add(fault);
        return new TestKit(inProcess, List.copyOf(more), failingStarts, slowStart);
    }

    private static Map<String, Object> exitFault(long taskId, int code, boolean once) {
        if (code < 0 || code > 255) {
            throw new IllegalArgumentException(code + " is no exit code; give one from 0 to 255");
        }
        Map<String, Object> fault = fault(taskId, "exit", once);
        fault.put("code", code);
        return fault;
    }

    private static Map<String, Object> fault(long taskId, String kind, boolean once) {
        if (taskId < 1) {
            throw new IllegalArgumentException("No task has the id " + taskId + "; ids count from 1");
        }
        Map<String, Object> fault = new LinkedHashMap<>();
        fault.put("task", taskId);
        fault.put("kind", kind);
        fault.put("once", once);
        return fault;
    }
}
