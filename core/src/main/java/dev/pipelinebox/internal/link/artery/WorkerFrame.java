package dev.pipelinebox.internal.link.artery;

import dev.pipelinebox.internal.link.message.WorkerToMaster;
import org.jspecify.annotations.Nullable;

/**
 * One frame from a worker to the master.
 *
 * @param seq the frame's number, from 1; 0 for a frame that only acknowledges
 * @param ack the last frame of the other direction that has arrived
 * @param body the message; {@code null} exactly if {@code seq} is 0
 */
public record WorkerFrame(long seq, long ack, @Nullable WorkerToMaster body) implements WireMessage {}
