package dev.pipelinebox.internal.client;

import dev.pipelinebox.api.QueueFullException;

/** Limits the tasks that are added for the next run, in number and bytes. Not thread-safe. */
public final class BacklogLimit {

    private final int maxTasks;
    private final long maxBytes;
    private int tasks;
    private long bytes;

    /** A single argument may be larger than the limit of bytes. */
    public BacklogLimit(int maxTasks, long maxBytes) {
        this.maxTasks = maxTasks;
        this.maxBytes = maxBytes;
    }

    /**
     * Admits a task.
     *
     * @throws QueueFullException if there is no room
     */
    public void admit(int size) {
        if (tasks > 0 && (tasks >= maxTasks || bytes + size > maxBytes)) {
            throw new QueueFullException(tasks + " tasks with " + bytes
                    + " bytes of arguments were added for the next run,"
                    + " and no more than " + maxTasks + " with " + maxBytes + " bytes may be; call run() and read its"
                    + " results, use runAll, which takes arguments as it goes on, or raise pipelinebox.run.max-added or"
                    + " max-added-size");
        }
        tasks++;
        bytes += size;
    }

    /** The run was started. */
    public void clear() {
        tasks = 0;
        bytes = 0;
    }
}
