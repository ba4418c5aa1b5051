package dev.pipelinebox.internal.client;

import dev.pipelinebox.api.CallerInterruptedException;
import dev.pipelinebox.api.QueueFullException;
import dev.pipelinebox.internal.client.AskAdmissionSettings.WhenFull;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Counts the pending asks and the bytes of their arguments, and admits no more than the settings allow. Thread-safe. */
public final class AskAdmission {

    private static final AskAdmission NONE = new AskAdmission(
            new AskAdmissionSettings(WhenFull.UNBOUNDED, Integer.MAX_VALUE, Long.MAX_VALUE), () -> true);

    private final AskAdmissionSettings settings;
    private final BooleanSupplier isOpen;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition roomAvailable = lock.newCondition();
    private int pending;
    private long pendingBytes;

    /** Admits all asks. */
    public static AskAdmission none() {
        return NONE;
    }

    /** Waits for room only as long as the master is open. */
    public AskAdmission(AskAdmissionSettings settings, BooleanSupplier isOpen) {
        this.settings = settings;
        this.isOpen = isOpen;
    }

    /**
     * Admits an ask, after a wait for room if the settings say so. A thread that runs a callback never waits, since
     * callbacks make room: it is admitted at once.
     *
     * @throws QueueFullException if there is no room and the settings allow no wait
     * @throws CallerInterruptedException if the wait was interrupted
     */
    public void admit(int bytes) {
        boolean waits = settings.whenFull() == WhenFull.WAIT;
        admit(bytes, waits, waits && CallbackExecutor.isInCallback());
    }

    /**
     * Admits an ask whose caller must not wait.
     *
     * @throws QueueFullException if there is no room
     */
    public void admitOrFail(int bytes) {
        admit(bytes, false, false);
    }

    private void admit(int bytes, boolean waits, boolean isExempt) {
        if (isUnbounded()) {
            return;
        }
        lock.lock();
        try {
            while (!isExempt && isFull(bytes) && isOpen.getAsBoolean()) {
                if (!waits) {
                    throw new QueueFullException(pending + " asks with " + pendingBytes
                            + " bytes of arguments are pending, and no more than " + settings.maxPending()
                            + " with " + settings.maxPendingBytes() + " bytes may be; ask again later,"
                            + " add workers, or raise pipelinebox.ask.max-pending or max-pending-size");
                }
                roomAvailable.await();
            }
            pending++;
            pendingBytes += bytes;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CallerInterruptedException(
                    "Interrupted while waiting for room among the pending asks; this one was not submitted",
                    interrupted);
        } finally {
            lock.unlock();
        }
    }

    public void release(int bytes) {
        if (isUnbounded()) {
            return;
        }
        lock.lock();
        try {
            pending--;
            pendingBytes -= bytes;
            roomAvailable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes the threads that wait for room, since the master has closed. */
    void onClosed() {
        lock.lock();
        try {
            roomAvailable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull(int bytes) {
        return pending > 0 && (pending >= settings.maxPending() || pendingBytes + bytes > settings.maxPendingBytes());
    }

    private boolean isUnbounded() {
        return settings.whenFull() == WhenFull.UNBOUNDED;
    }
}
