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
 * A master for a test: with its workers inside the test's own process, with faults on order, or both.
 *
 * <pre>{@code
 * Master.of(MyWorker.class).config(TestKit.inProcess().toConfig()).start();
 * Master.of(MyWorker.class).config(TestKit.faults().crash(3).exitOnce(5, 42).toConfig()).start();
 * }</pre>
 *
 * <p><b>Faults</b> strike tasks by their numbers, which count from 1 in the order of adding, right before {@code runTask}
 * would be called. They strike each attempt, those named {@code …Once} the first one only, so that the task succeeds in
 * its second. Workers are real processes and so are their ends. Of several faults for one task the one that was ordered
 * first and fits strikes. While there are faults, a worker has one task at a time in hand, so that nothing else is
 * struck along with it.
 *
 * <p><b>In process</b>, a breakpoint in the worker stops the test, and static variables are shared. All else is as it
 * is with processes: arguments, results and parameters are written and read, {@code ask}, cancelling, progress and
 * replacement work, and faults are played: the worker is gone, the process is not. What is different:
 *
 * <ul>
 *   <li>No limit of time strikes, neither that of a task nor {@code worker.init-timeout}, so that one may sit at a
 *       breakpoint. A hanging task ends when it is cancelled and {@code task.grace} is over, or the master is closed.
 *   <li>A thread cannot be killed: a worker whose code ignores interrupts is given up, and its thread goes on.
 *   <li>{@code System.exit}, a crash or a full heap in the worker's own code strike the test.
 *   <li>{@code WorkerOptions} and the like of the configuration are without effect. The workers' process id is that of
 *       the test, and what they print is not marked.
 * </ul>
 *
 * <p>Immutable: each method gives a changed copy. Settings of one's own go below those of the kit: {@code
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
     * Workers inside the caller's process; faults may be added.
     *
     * @return a kit
     */
    public static TestKit inProcess() {
        return new TestKit(true, List.of(), 0, Duration.ZERO);
    }

    /**
     * Workers in processes of their own, as always; faults are to be added.
     *
     * @return a kit
     */
    public static TestKit faults() {
        return new TestKit(false, List.of(), 0, Duration.ZERO);
    }

    /**
     * These tasks crash their worker's JVM in native code.
     *
     * @param taskIds their numbers
     * @return a changed copy
     * @throws IllegalArgumentException if a number is under 1
     */
    public TestKit crash(long... taskIds) {
        return with("crash", false, taskIds);
    }

    /**
     * As {@link #crash}, in the first attempt.
     *
     * @param taskIds their numbers
     * @return a changed copy
     * @throws IllegalArgumentException if a number is under 1
     */
    public TestKit crashOnce(long... taskIds) {
        return with("crash", true, taskIds);
    }

    /**
     * This task calls {@code System.exit}.
     *
     * @param taskId its number
     * @param code the exit code, from 0 to 255
     * @return a changed copy
     * @throws IllegalArgumentException if the number is under 1, or the code is none
     */
    public TestKit exit(long taskId, int code) {
        return with(exitFault(taskId, code, false));
    }

    /**
     * As {@link #exit}, in the first attempt.
     *
     * @param taskId its number
     * @param code the exit code, from 0 to 255
     * @return a changed copy
     * @throws IllegalArgumentException if the number is under 1, or the code is none
     */
    public TestKit exitOnce(long taskId, int code) {
        return with(exitFault(taskId, code, true));
    }

    /**
     * These tasks never end and take no notice of interrupts. Give them a limit that kills, by {@code
     * TaskOptions.withHardTimeout} or {@code pipelinebox.task.timeout.hard}.
     *
     * @param taskIds their numbers
     * @return a changed copy
     * @throws IllegalArgumentException if a number is under 1
     */
    public TestKit hang(long... taskIds) {
        return with("hang", false, taskIds);
    }

    /**
     * As {@link #hang}, in the first attempt. A task that was killed by its limit is not tried again; this is for those
     * whose worker ends in another way.
     *
     * @param taskIds their numbers
     * @return a changed copy
     * @throws IllegalArgumentException if a number is under 1
     */
    public TestKit hangOnce(long... taskIds) {
        return with("hang", true, taskIds);
    }

    /**
     * These tasks exhaust the heap of their worker.
     *
     * @param taskIds their numbers
     * @return a changed copy
     * @throws IllegalArgumentException if a number is under 1
     */
    public TestKit outOfMemory(long... taskIds) {
        return with("out-of-memory", false, taskIds);
    }

    /**
     * As {@link #outOfMemory}, in the first attempt.
     *
     * @param taskIds their numbers
     * @return a changed copy
     * @throws IllegalArgumentException if a number is under 1
     */
    public TestKit outOfMemoryOnce(long... taskIds) {
        return with("out-of-memory", true, taskIds);
    }

    /**
     * The constructor of the worker fails in the first processes that a master starts, spares and replacements included.
     * A worker is given up after {@code pipelinebox.worker.max-start-failures} in a row.
     *
     * @param processes in how many
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
     * @param delay how long; zero is not at all
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
     * What to hand to {@code MasterBuilder.config}.
     *
     * @return the keys under {@code pipelinebox.test} for what was asked for, and no others
     */
    public Config toConfig() {
        Map<String, Object> asked = new HashMap<>();
        if (inProcess) {
            asked.put(SECTION + ".in-process", true);
        }
        if (!faults.isEmpty()) {
            asked.put(SECTION + ".faults", faults);
        }
        if (failingStarts > 0) {
            asked.put(SECTION + ".failing-starts", failingStarts);
        }
        if (!slowStart.isZero()) {
            asked.put(SECTION + ".slow-start", slowStart.toMillis() + " ms");
        }
        return ConfigFactory.parseMap(asked, "TestKit");
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
            throw new IllegalArgumentException("No task has the number " + taskId + "; they count from 1");
        }
        Map<String, Object> fault = new LinkedHashMap<>();
        fault.put("task", taskId);
        fault.put("kind", kind);
        fault.put("once", once);
        return fault;
    }
}
