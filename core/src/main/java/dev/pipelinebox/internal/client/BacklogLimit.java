package dev.pipelinebox.internal.client;

import dev.pipelinebox.api.QueueFullException;

/** Counts the tasks that were added for the next run, and lets no more in than there may be. Not thread-safe. */
public final class BacklogLimit {

    private final int maxTasks;
    private final long maxBytes;
    private int tasks;
    private long bytes;

    /** So many tasks, with so many bytes of arguments; a single argument may be larger. */
    public BacklogLimit(int maxTasks, long maxBytes) {
        this.maxTasks = maxTasks;
        this.maxBytes = maxBytes;
    }

    /**
     * Lets a task in.
     *
     * @throws QueueFullException if there is no room
     */
    public void enter(int size) {
        if (tasks > 0 && (tasks >= maxTasks || bytes + size > maxBytes)) {
            throw new QueueFullException(tasks + " tasks with " + bytes
                    + " bytes of arguments were added for the next run,"
                    + " and no more than " + maxTasks + " with " + maxBytes + " bytes may be; call run() and read its"
                    + " results, use runAll, which takes tasks as it gets on, or raise pipelinebox.run.max-added or"
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
