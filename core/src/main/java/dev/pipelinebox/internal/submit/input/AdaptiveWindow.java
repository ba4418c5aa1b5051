package dev.pipelinebox.internal.submit.input;

/**
 * How many arguments of a run may be taken in whose results are unread. It opens as results are read, but never so far
 * that payloads of the mean size seen so far would exceed the limit in bytes. Not thread-safe.
 */
public final class AdaptiveWindow {

    private static final int INITIAL = 16;
    private static final double NEWEST_WEIGHT = 0.1;

    private final int maxTasks;
    private final long maxBytes;
    private long read;
    private long seen;
    private double meanBytes;

    public AdaptiveWindow(int maxTasks, long maxBytes) {
        this.maxTasks = maxTasks;
        this.maxBytes = maxBytes;
    }

    /** So many arguments have so many bytes in all. */
    public void onArguments(int count, long bytes) {
        learn(count, bytes);
    }

    /** So many results have so many bytes in all. */
    public void onResults(int count, long bytes) {
        learn(count, bytes);
    }

    public void onRead(int count) {
        read += count;
    }

    /** The limit now; never less than what keeps the workers busy. */
    public long limit(int workers) {
        long opened = INITIAL + 2 * read;
        long affordable = (long) (maxBytes / Math.max(1.0, 2 * meanBytes));
        long wanted = Math.max(2L * workers, Math.min(opened, affordable));
        return Math.max(1, Math.min(wanted, maxTasks));
    }

    private void learn(int count, long bytes) {
        seen += count;
        double weight = 1 - Math.pow(1 - NEWEST_WEIGHT, count);
        meanBytes += Math.max(weight, (double) count / seen) * ((double) bytes / count - meanBytes);
    }
}
