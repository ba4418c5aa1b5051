package dev.pipelinebox.internal.pool;

import dev.pipelinebox.api.WorkerOptions;
import org.jspecify.annotations.Nullable;

/**
 * What a worker is built from, each time.
 *
 * @param index its number, from 0; negative for a spare
 * @param workerClass the user's class
 * @param parameters what the caller gave, as monitors see it
 * @param encodedParameters the same, as the process is told it
 * @param options how its JVM is started
 * @param kind what it has in common with workers that can replace it
 */
public record WorkerSpec(
        int index,
        String workerClass,
        @Nullable Object parameters,
        byte @Nullable [] encodedParameters,
        WorkerOptions options,
        WorkerKind kind) {

    /**
     * Derives the kind.
     *
     * @param index its number
     * @param workerClass the user's class
     * @param parameters what the caller gave
     * @param encodedParameters the same, encoded
     * @param options how its JVM is started
     */
    public WorkerSpec(
            int index,
            String workerClass,
            @Nullable Object parameters,
            byte @Nullable [] encodedParameters,
            WorkerOptions options) {
        this(index, workerClass, parameters, encodedParameters, options, new WorkerKind(encodedParameters, options));
    }

    WorkerSpec asSpare() {
        return new WorkerSpec(WorkerRecord.SPARE, workerClass, parameters, encodedParameters, options, kind);
    }

    /** How messages name it. */
    public String name() {
        return index == WorkerRecord.SPARE ? "spare worker" : "worker " + index;
    }

    /** Parameters and environment may hold secrets. */
    @Override
    public String toString() {
        return name() + " of " + workerClass;
    }
}
