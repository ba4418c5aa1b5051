package dev.pipelinebox.internal.submit.pipeline;

import dev.pipelinebox.internal.client.Submitter;
import dev.pipelinebox.internal.codec.PayloadCodec;

/**
 * One master's part in a pipeline.
 *
 * @param number its place, from 1
 * @param workerClass the class of its workers
 * @param intake where its tasks go
 * @param codec of its arguments and results
 */
public record PipelineStage(int number, String workerClass, Submitter intake, PayloadCodec codec) {}
