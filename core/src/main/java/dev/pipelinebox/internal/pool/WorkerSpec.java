package dev.pipelinebox.internal.pool;

import dev.pipelinebox.api.WorkerOptions;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a worker is built from, each time that it is.
 *
 * @param index its number, from 0; negative for a spare
 * @param workerClass the user's class
 * @param parameters what the caller gave, as monitors see it
 * @param encodedParameters the same, as the process is told it
 * @param options how its JVM is started
 */
public record WorkerSpec(
        int index,
        String workerClass,
        @Nullable Object parameters,
        byte @Nullable [] encodedParameters,
        WorkerOptions options) {

    /** What workers have in common that can stand in for each other; to be compared by {@code equals}. */
    Object kind() {
        return Arrays.asList(encodedParameters == null ? null : ByteBuffer.wrap(encodedParameters), options);
    }

    WorkerSpec asSpare() {
        return new WorkerSpec(WorkerRecord.SPARE, workerClass, parameters, encodedParameters, options);
    }

    /** How messages name it. */
    public String name() {
        return index == WorkerRecord.SPARE ? "spare worker" : "worker " + index;
    }
}
