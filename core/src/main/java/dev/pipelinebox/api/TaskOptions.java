package dev.pipelinebox.api;

import java.time.Duration;
import java.util.Optional;

/**
 * The options of one task, such as its time limits and attempts. Immutable: each {@code withX} returns a changed copy.
 * Options that are not set come from the configuration under {@code pipelinebox.task}.
 *
 * <p>The run time of a task counts from its dispatch to an idle worker, or from the end of the task before it. So the
 * transfer of its argument can count too. Limits are accurate to a tenth of a second. A task that passes a limit fails
 * with a {@link TaskTimeoutException} that names the limit. No other task is affected. Limits count only the time in
 * which the caller's process runs: while it is stopped, by a debugger or a long pause, they stand still.
 *
 * <p>Tasks start in the order of adding. A {@linkplain #withPriority priority} puts a task before others in the
 * backlog. Tasks with the same {@linkplain #withKey key} run on one worker, one after the other.
 *
 * @param queueTimeout how long it may wait until its first start
 * @param softTimeout how long it may run until it is interrupted
 * @param hardTimeout how long it may run until its worker's process is killed
 * @param stallTimeout how long it may run without a {@linkplain TaskContext#progress progress report} until its
 *     worker's process is killed
 * @param maxAttempts how often it is tried if its worker dies while it runs, the first time included
 * @param retry which of its exceptions make it run again
 * @param priority how urgent it is; 0 by default
 * @param key its affinity key: tasks of one key run on one worker and in order
 * @param name its name in monitors and error messages
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
     * Checks the values.
     *
     * @param queueTimeout how long it may wait
     * @param softTimeout how long it may run until it is interrupted
     * @param hardTimeout how long it may run until its process is killed
     * @param stallTimeout how long it may run without a progress report
     * @param maxAttempts how often it is tried if its worker dies
     * @param retry which of its exceptions make it run again
     * @param priority how urgent it is
     * @param key its affinity key
     * @param name its name
     * @throws IllegalArgumentException if a limit is not over zero, there is less than one attempt, or the name is
     *     blank
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
     * No option is set: all come from the configuration.
     *
     * @return the defaults
     */
    public static TaskOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Limits the wait for a worker. A task that is dropped for it has never been started. So the limit counts no longer
     * once a worker has died that held the task, even behind others: it may have been started there, and is run again
     * however long it waits for that.
     *
     * @param limit the longest time from adding until the first start of the task
     * @return a changed copy
     * @throws IllegalArgumentException if it is not over zero
     */
    public TaskOptions withQueueTimeout(Duration limit) {
        return new TaskOptions(
                Optional.of(limit), softTimeout, hardTimeout, stallTimeout, maxAttempts, retry, priority, key, name);
    }

    /**
     * Limits each attempt by an interrupt: the thread of the task is interrupted, and {@link TaskContext#isCancelled()}
     * becomes true. If the task still runs after {@code pipelinebox.task.grace}, its worker's process is killed. If it
     * returns a value before that, the value is its result. If it throws, its result is a {@link TaskTimeoutException}.
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
     * Limits each attempt by a kill: after a thread dump, the process of the worker is killed, with all processes that
     * it started. Another process replaces it.
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
     * Limits the time between two progress reports. After that the process of the worker is killed as by the hard
     * limit.
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
     * Sets how often the task is tried if its worker dies while it runs. If it is unclear which of several tasks ran,
     * no attempt is counted, and each is tried again alone. A task with a single attempt is always dispatched alone, so
     * it never runs again because its worker died. {@link #withRetry} is the separate rule for exceptions.
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
     * Sets which exceptions of the task make it run again.
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
     * Sets how urgent the task is. Tasks with a higher priority leave the backlog first. Within one priority the order
     * is first in, first out, and a task that runs again goes to the front. Tasks that a worker already holds, some 10
     * ms of work, are not overtaken. While more urgent tasks keep coming, less urgent ones wait: waiting does not raise
     * their priority.
     *
     * @param level any number, also a negative one; 0 is the default
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
     * Sets the affinity key. All tasks of one key run on one worker, one after the other in the order of adding. Use it
     * for state that a worker keeps in memory, such as a cache or a session.
     *
     * <p>Two keys are the same if they have the same class and Jackson writes the same for both. {@code equals} is not
     * called. For lists, sets and maps the elements count, and not the class, nor the order within a set or a map. State
     * that a class does not show to Jackson does not count. The key is written when the task is submitted, by the
     * submitting thread. If it cannot be written, as one without any property, that call throws a {@link
     * PayloadException}. If options are given for each element of an input, the input fails with it.
     *
     * <p>A key is bound to a worker when its first task is dispatched: to the worker with the least work. From then on
     * its tasks wait for that worker, even if others idle. Tasks without that key overtake them. If the worker's
     * process dies or is replaced, the replacement has the same index and inherits the key, but not the state in
     * memory. The order still holds: a task that runs again comes before the later ones, and while it backs off after
     * an exception that its {@link Retry} names, the later ones wait. Priorities do not change the order within a key.
     *
     * <p>If the worker is stopped or given up, the key is bound to another worker. A key without tasks stays bound
     * until 10,000 other keys without tasks were used after it.
     *
     * @param anyKey a string, a number, an enum constant, a record of these, or any other value that Jackson writes
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
     * Names the task for monitors, which receive {@link PoolEvent.TaskNamed}, and for error messages, which show the
     * name beside the id, with control characters escaped. Several tasks can have the same name.
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
