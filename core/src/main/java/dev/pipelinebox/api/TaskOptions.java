package dev.pipelinebox.api;

import java.time.Duration;
import java.util.Optional;

/**
 * How one task is treated: its limits of time and its attempts. Immutable: each {@code withX} gives a changed copy. What
 * is not set comes from the configuration under {@code pipelinebox.task}.
 *
 * <p>The time that a task runs counts from when it is handed to a worker that has nothing before it, so the transfer of
 * its argument counts too; limits are kept to a tenth of a second. A limit that is passed makes the task's result a {@link
 * TaskTimeoutException}, which says which one it was; no other task suffers. Limits count the time in which the caller's
 * process was at work: while that is stopped, by a debugger or a long pause, they stand still.
 *
 * <p>Tasks start in the order of adding. A {@linkplain #withPriority priority} puts a task before others that wait, a
 * {@linkplain #withKey key} has tasks run on one worker, one after the other.
 *
 * @param queueTimeout how long it may wait until it is started for the first time
 * @param softTimeout how long it may run until it is interrupted
 * @param hardTimeout how long it may run until its worker's process is killed
 * @param stallTimeout how long it may run without a {@linkplain TaskContext#progress sign of progress} until its worker's
 *     process is killed
 * @param maxAttempts how often it is tried if its worker dies under it, the first time included
 * @param retry which of its exceptions have it run again
 * @param priority how urgent it is; 0 if nothing is set
 * @param key what it has in common with the tasks that run on the same worker and in order
 * @param name what monitors and error messages call it
 */
public record TaskOptions(
        Optional<Duration> queueTimeout,
        Optional<Duration> softTimeout,
        Optional<Duration> hardTimeout,
        Optional<Duration> stallTimeout,
        Optional<Integer> maxAttempts,
        Optional<Retry> retry,
        Optional<Integer> priority,
        Optional<Object> key,
        Optional<String> name) {

    private static final TaskOptions DEFAULTS = new TaskOptions(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /**
     * Checks.
     *
     * @param queueTimeout how long it may wait
     * @param softTimeout how long it may run until it is interrupted
     * @param hardTimeout how long it may run until its process is killed
     * @param stallTimeout how long it may run without a sign of progress
     * @param maxAttempts how often it is tried if its worker dies
     * @param retry which of its exceptions have it run again
     * @param priority how urgent it is
     * @param key what it has in common with others
     * @param name what it is called
     * @throws IllegalArgumentException if a limit is not over zero, there is less than one attempt, or the name is blank
     */
    public TaskOptions {
        queueTimeout.ifPresent(TaskOptions::checkLimit);
        softTimeout.ifPresent(TaskOptions::checkLimit);
        hardTimeout.ifPresent(TaskOptions::checkLimit);
        stallTimeout.ifPresent(TaskOptions::checkLimit);
        maxAttempts.ifPresent(TaskOptions::checkAttempts);
        name.ifPresent(TaskOptions::checkName);
    }

    /**
     * Nothing set: all as configured.
     *
     * @return the defaults
     */
    public static TaskOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Limits the wait for a worker.
     *
     * @param limit the longest time from adding until the task is first started
     * @return a changed copy
     * @throws IllegalArgumentException if it is not over zero
     */
    public TaskOptions withQueueTimeout(Duration limit) {
        return new TaskOptions(
                Optional.of(limit), softTimeout, hardTimeout, stallTimeout, maxAttempts, retry, priority, key, name);
    }

    /**
     * Limits each attempt, politely: the task is interrupted and {@link TaskContext#isCancelled()} turns true. If it
     * still runs after {@code pipelinebox.task.grace}, its worker's process is killed. If it returns a value before, that
     * is its result; if it throws, a {@link TaskTimeoutException} is.
     *
     * @param limit the longest time that the task may run
     * @return a changed copy
     * @throws IllegalArgumentException if it is not over zero
     */
    public TaskOptions withSoftTimeout(Duration limit) {
        return new TaskOptions(
                queueTimeout, Optional.of(limit), hardTimeout, stallTimeout, maxAttempts, retry, priority, key, name);
    }

    /**
     * Limits each attempt for certain: the process of the worker, and all that it has started, is killed, after a thread
     * dump was taken. Another process takes its place.
     *
     * @param limit the longest time that the task may run
     * @return a changed copy
     * @throws IllegalArgumentException if it is not over zero
     */
    public TaskOptions withHardTimeout(Duration limit) {
        return new TaskOptions(
                queueTimeout, softTimeout, Optional.of(limit), stallTimeout, maxAttempts, retry, priority, key, name);
    }

    /**
     * Limits the time between two signs of progress: then the process of the worker is killed as by the hard limit.
     *
     * @param limit the longest time without {@link TaskContext#progress}
     * @return a changed copy
     * @throws IllegalArgumentException if it is not over zero
     */
    public TaskOptions withStallTimeout(Duration limit) {
        return new TaskOptions(
                queueTimeout, softTimeout, hardTimeout, Optional.of(limit), maxAttempts, retry, priority, key, name);
    }

    /**
     * Sets how often the task is tried if its worker dies under it. Where it is unclear which of several tasks ran, no
     * attempt is counted, and each is tried again alone. A task with a single attempt is always handed out alone, so it
     * never runs again because its worker died; what it is to be tried again for if it throws says {@link #withRetry}.
     *
     * @param attempts the first time included; at least 1
     * @return a changed copy
     * @throws IllegalArgumentException if it is less than 1
     */
    public TaskOptions withMaxAttempts(int attempts) {
        return new TaskOptions(
                queueTimeout,
                softTimeout,
                hardTimeout,
                stallTimeout,
                Optional.of(attempts),
                retry,
                priority,
                key,
                name);
    }

    /**
     * Sets which of the task's exceptions have it run again.
     *
     * @param policy such as {@code Retry.on(IOException.class)}
     * @return a changed copy
     */
    public TaskOptions withRetry(Retry policy) {
        return new TaskOptions(
                queueTimeout,
                softTimeout,
                hardTimeout,
                stallTimeout,
                maxAttempts,
                Optional.of(policy),
                priority,
                key,
                name);
    }

    /**
     * Sets how urgent the task is. Of the tasks that wait, those with a higher priority are handed out first; within one
     * priority it is first in, first out, and a task that has to run again goes to the front. What a worker holds
     * already, some 10 ms of work, is not overtaken. As long as more urgent tasks keep coming, less urgent ones wait:
     * nothing raises them by and by.
     *
     * @param level any number, negative ones too; 0 is that of a task that says nothing
     * @return a changed copy
     */
    public TaskOptions withPriority(int level) {
        return new TaskOptions(
                queueTimeout,
                softTimeout,
                hardTimeout,
                stallTimeout,
                maxAttempts,
                retry,
                Optional.of(level),
                key,
                name);
    }

    /**
     * Has all tasks of one key run on one worker, one after the other in the order of adding: for what a worker keeps in
     * memory, such as a cache or a session.
     *
     * <p>Two keys are one if they are of the same class and Jackson writes the same for both; {@code equals} is not asked.
     * So for lists, sets and maps the elements count and not the class, nor the order within a set or a map; what a class
     * does not show to Jackson does not count. A key is written when the task is handed in, by the thread that does that.
     * If it cannot be written, as one without any property, that call throws a {@link PayloadException}; where options are
     * given for each element of an input, the input fails with it.
     *
     * <p>A key is bound to a worker when its first task is handed out: to the one that has least to do then. From then on
     * its tasks wait for that worker, although others may idle; tasks without that key pass them by. If the worker's
     * process dies or is replaced, the new one has the same number and inherits the key, but not what was in memory. The
     * order holds all the same: a task that is run again comes before the later ones, and while one rests after an
     * exception that its {@link Retry} names, these wait. Priorities do not change the order within a key.
     *
     * <p>If the worker is stopped or given up, the key is bound anew. Keys without a task are remembered until 10,000
     * others without a task were used after them.
     *
     * @param anyKey a string, a number, an enum constant, a record of such, or whatever else Jackson writes
     * @return a changed copy
     */
    public TaskOptions withKey(Object anyKey) {
        return new TaskOptions(
                queueTimeout,
                softTimeout,
                hardTimeout,
                stallTimeout,
                maxAttempts,
                retry,
                priority,
                Optional.of(anyKey),
                name);
    }

    /**
     * Names the task for monitors, which are told by {@link PoolEvent.TaskNamed}, and for error messages, which show the
     * name beside the number. Several tasks may have the same name.
     *
     * @param text the name
     * @return a changed copy
     * @throws IllegalArgumentException if it is blank
     */
    public TaskOptions withName(String text) {
        return new TaskOptions(
                queueTimeout,
                softTimeout,
                hardTimeout,
                stallTimeout,
                maxAttempts,
                retry,
                priority,
                key,
                Optional.of(text));
    }

    static void checkAttempts(int attempts) {
        if (attempts < 1) {
            throw new IllegalArgumentException(
                    attempts + " attempts are not allowed; give 1 for a single one, or more");
        }
    }

    private static void checkName(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A blank name is not allowed; give one that tells the task from others");
        }
    }

    private static void checkLimit(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("A limit of " + limit + " is not allowed; give one over zero");
        }
    }
}
