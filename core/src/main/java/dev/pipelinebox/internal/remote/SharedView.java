package dev.pipelinebox.internal.remote;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The newest view of the hosts. Thread-safe. */
final class SharedView {

    private HostsView view = new HostsView(List.of(), Map.of());

    synchronized HostsView get() {
        return view;
    }

    synchronized void set(HostsView newest) {
        view = newest;
        notifyAll();
    }

    /** Waits until a view is as asked for; false if none is in time, or this thread is interrupted. */
    synchronized boolean await(Predicate<HostsView> condition, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!condition.test(view)) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
            return true;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
