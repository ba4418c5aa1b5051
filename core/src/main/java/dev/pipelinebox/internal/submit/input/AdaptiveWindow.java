package dev.pipelinebox.internal.submit.input;

/**
 * How many tasks of a run may be under way: taken from the input and not yet handed out as results. It opens as results
 * come, and never so far that the payloads seen up to now would take more than their share of memory. Not thread-safe.
 */
public final class AdaptiveWindow {

    private static final int FIRST = 16;
    private static final double NEWEST = 0.1;

    private final int maxTasks;
    private final long maxBytes;
    private long delivered;
    private long seen;
    private double meanBytes;

    public AdaptiveWindow(int maxTasks, long maxBytes) {
        this.maxTasks = maxTasks;
        this.maxBytes = maxBytes;
    }

    public void onArgument(int bytes) {
        learn(bytes);
    }

    public void onResult(int bytes) {
        learn(bytes);
    }

    public void onDelivered() {
        delivered++;
    }

    /** The limit; never under what keeps the workers busy. */
    public long limit(int workers) {
        long opened = FIRST + 2 * delivered;
        long affordable = (long) (maxBytes / Math.max(1.0, 2 * meanBytes));
        long wanted = Math.max(2L * workers, Math.min(opened, affordable));
        return Math.max(1, Math.min(wanted, maxTasks));
    }

    private void learn(int bytes) {
        seen++;
        meanBytes += Math.max(NEWEST, 1.0 / seen) * (bytes - meanBytes);
    }
}
