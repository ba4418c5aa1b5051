package dev.pipelinebox.benchmarks.speed;

import dev.pipelinebox.api.Worker;

/** Sends bytes back. */
public final class EchoBytes implements Worker<byte[], byte[]> {

    /** Nothing to prepare. */
    public EchoBytes() {}

    @Override
    public byte[] runTask(byte[] bytes) {
        return bytes;
    }
}
