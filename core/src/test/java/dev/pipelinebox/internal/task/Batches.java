package dev.pipelinebox.internal.task;

import org.jspecify.annotations.Nullable;

/** Batches for tests. */
public final class Batches {

    private Batches() {}

    /** A task alone. */
    public static TaskBatch of(long id, byte @Nullable [] payload, TaskPolicy policy, OutcomeSink sink) {
        return new TaskBatch(id, Payloads.of(payload), policy, sink);
    }

    /** Payloads that are the same so many times. */
    public static Payloads payloads(int count, byte @Nullable [] payload) {
        Payloads.Builder payloads = new Payloads.Builder();
        for (int i = 0; i < count; i++) {
            payloads.add(payload);
        }
        return payloads.take();
    }
}
