package dev.pipelinebox.master;

import dev.pipelinebox.api.WorkerOptions;
import org.jspecify.annotations.Nullable;

/**
 * What a worker is built from, each time that it is.
 *
 * @param index its number, from 0
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
        WorkerOptions options) {}
