package dev.pipelinebox;

import dev.pipelinebox.protocol.PayloadCodec;

/**
 * One master's part in a pipeline.
 *
 * @param number its place, from 1
 * @param workerClass the class of its workers
 * @param intake where its tasks go
 * @param codec of its arguments and results
 */
record Stage(int number, String workerClass, Intake intake, PayloadCodec codec) {}
