package dev.pipelinebox.internal.submit.pipeline;

import dev.pipelinebox.internal.client.Submitter;
import dev.pipelinebox.internal.codec.PayloadCodec;

/** One master as a stage of a pipeline; stages are numbered from 1. */
public record PipelineStage(int number, String workerClass, Submitter submitter, PayloadCodec codec) {}
