package dev.pipelinebox.api;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which exceptions of a task make it run again instead of being its result. {@link TaskOptions#withMaxAttempts} is the
 * separate rule for the death of its worker. After a time limit the task is not tried again. Immutable: each {@code
 * withX} returns a changed copy.
 *
 * @param exceptionClasses the binary names of the classes, such as {@code java.io.IOException}; subclasses count too
 * @param maxAttempts how often a task may throw one of them, the first time included, until that is its result
 * @param minBackoff the wait before the second attempt; it doubles each time
 * @param maxBackoff the longest wait
 */
public record Retry(List<String> exceptionClasses, int maxAttempts, Duration minBackoff, Duration maxBackoff) {

    /**
     * Checks the values and copies the list.
     *
     * @param exceptionClasses the binary names of the classes
     * @param maxAttempts how often a task may throw one of them
     * @param minBackoff the wait before the second attempt
     * @param maxBackoff the longest wait
     * @throws IllegalArgumentException if there is less than one attempt or a wait is negative
     */
    public Retry {
        exceptionClasses = List.copyOf(exceptionClasses);
        TaskOptions.checkAttempts(maxAttempts);
        if (minBackoff.isNegative() || maxBackoff.isNegative()) {
            throw new IllegalArgumentException(
                    "The back-off from " + minBackoff + " to " + maxBackoff + " is negative; give zero or more");
        }
    }

    /**
     * Three attempts at most, with a wait of 100 ms before the second and 200 ms before the third.
     *
     * @param exceptions the classes of the exceptions after which a task is tried again; subclasses count too. No class
     *     at all switches a configured retry off
     * @return the policy
     * @throws IllegalArgumentException if a class stands for a time limit or the death of a worker, which no task
     *     throws
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static Retry on(Class<? extends Throwable>... exceptions) {
        for (Class<? extends Throwable> exception : exceptions) {
            if (exception == TaskTimeoutException.class || exception == WorkerLostException.class) {
                throw new IllegalArgumentException("No task throws a " + exception.getSimpleName()
                        + ", so it cannot be tried again for that; give the classes that runTask throws, and see"
                        + " TaskOptions.withMaxAttempts for workers that die");
            }
        }
        return new Retry(
                Stream.of(exceptions).map(Class::getName).toList(), 3, Duration.ofMillis(100), Duration.ofSeconds(10));
    }

    /**
     * Sets the number of attempts.
     *
     * @param attempts how often a task may throw, the first time included; at least 1
     * @return a changed copy
     * @throws IllegalArgumentException if it is less than 1
     */
    public Retry withMaxAttempts(int attempts) {
        return new Retry(exceptionClasses, attempts, minBackoff, maxBackoff);
    }

    /**
     * Sets the waits.
     *
     * @param min the wait before the second attempt; it doubles each time
     * @param max the longest wait
     * @return a changed copy
     * @throws IllegalArgumentException if one is negative
     */
    public Retry withBackoff(Duration min, Duration max) {
        return new Retry(exceptionClasses, maxAttempts, min, max);
    }
}
