package dev.pipelinebox.internal.task;

import org.jspecify.annotations.Nullable;

/**
 * A task as it was submitted.
 *
 * @param id its number, from 1
 * @param payload the encoded argument, {@code null} for null
 * @param policy how it is treated
 * @param sink where its outcome goes
 */
public record Task(long id, byte @Nullable [] payload, TaskPolicy policy, OutcomeSink sink) {

    /**
     * How messages name it.
     *
     * @return its number and, if it has one, its name
     */
    public String shown() {
        return id
                + policy.standing()
                        .name()
                        .map(name -> " (" + ShownText.of(name) + ")")
                        .orElse("");
    }

    public int size() {
        return payload == null ? 0 : payload.length;
    }
}
