package dev.pipelinebox.internal.link.artery;

import dev.pipelinebox.internal.link.message.MasterToWorker;
import org.jspecify.annotations.Nullable;

/**
 * One frame from the master to a worker.
 *
 * @param seq the frame's number, from 1; 0 for a frame that only acknowledges
 * @param ack the last frame of the other direction that has arrived
 * @param body the message; {@code null} exactly if {@code seq} is 0
 */
public record MasterFrame(long seq, long ack, @Nullable MasterToWorker body) implements WireMessage {}
