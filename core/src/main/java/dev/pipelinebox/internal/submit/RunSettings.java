package dev.pipelinebox.internal.submit;

import dev.pipelinebox.internal.client.BacklogLimit;
import dev.pipelinebox.internal.config.ConfigReader;
import dev.pipelinebox.internal.submit.input.AdaptiveWindow;

/**
 * How many tasks of a run are in the master at a time.
 *
 * @param windowTasks the greatest window in tasks
 * @param windowBytes the greatest window in bytes of arguments
 * @param maxAdded the most tasks that are added for one run
 * @param maxAddedBytes the most bytes of their arguments; a single one may be larger
 */
public record RunSettings(int windowTasks, long windowBytes, int maxAdded, long maxAddedBytes) {

    private static final long MAX_BYTES = 1L << 40;

    public static RunSettings read(ConfigReader config) {
        return new RunSettings(
                config.integer("run.window", 1, 1 << 20),
                config.bytes("run.window-size", 1024, MAX_BYTES),
                config.integer("run.max-added", 1, 1 << 30),
                config.bytes("run.max-added-size", 1024, MAX_BYTES));
    }

    public AdaptiveWindow newWindow() {
        return new AdaptiveWindow(windowTasks, windowBytes);
    }

    public BacklogLimit newBacklogLimit() {
        return new BacklogLimit(maxAdded, maxAddedBytes);
    }
}
