package dev.pipelinebox.internal.client;

import dev.pipelinebox.api.CallerInterruptedException;
import dev.pipelinebox.api.QueueFullException;
import dev.pipelinebox.internal.client.AskAdmissionSettings.WhenFull;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Counts the questions whose answers have not been handed over yet, and lets no more in than may be open at a time. Thread-safe. */
public final class AskAdmission {

    private static final AskAdmission NONE = new AskAdmission(
            new AskAdmissionSettings(WhenFull.UNBOUNDED, Integer.MAX_VALUE, Long.MAX_VALUE), () -> true);

    private final AskAdmissionSettings settings;
    private final BooleanSupplier isOpen;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition roomCame = lock.newCondition();
    private int pending;
    private long pendingBytes;

    /** No limit at all. */
    public static AskAdmission none() {
        return NONE;
    }

    /** A limit that waits only as long as the master is open. */
    public AskAdmission(AskAdmissionSettings settings, BooleanSupplier isOpen) {
        this.settings = settings;
        this.isOpen = isOpen;
    }

    /**
     * Lets a question in; if that is the way set, after a wait for room. Who hands answers over never waits: that is what
     * makes room, and all who do it may ask.
     *
     * @throws QueueFullException if there is no room and nobody is to wait for it
     * @throws CallerInterruptedException if the wait was interrupted
     */
    public void enter(int bytes) {
        boolean waits = settings.whenFull() == WhenFull.WAIT;
        enter(bytes, waits, waits && CallbackExecutor.isHandingOver());
    }

    /**
     * Lets a question in of somebody who must not be made to wait.
     *
     * @throws QueueFullException if there is no room
     */
    public void enterAtOnce(int bytes) {
        enter(bytes, false, false);
    }

    private void enter(int bytes, boolean waits, boolean hasRoom) {
        if (isUnbounded()) {
            return;
        }
        lock.lock();
        try {
            while (!hasRoom && isFull(bytes) && isOpen.getAsBoolean()) {
                if (!waits) {
                    throw new QueueFullException(pending + " questions with " + pendingBytes
                            + " bytes of arguments have no answer yet, and no more than " + settings.maxPending()
                            + " with " + settings.maxPendingBytes() + " bytes may be open at a time; ask again later,"
                            + " add workers, or raise pipelinebox.ask.max-pending or max-pending-size");
                }
                roomCame.await();
            }
            pending++;
            pendingBytes += bytes;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CallerInterruptedException(
                    "Interrupted while waiting for room among the open questions; this one was not asked", interrupted);
        } finally {
            lock.unlock();
        }
    }

    public void leave(int bytes) {
        if (isUnbounded()) {
            return;
        }
        lock.lock();
        try {
            pending--;
            pendingBytes -= bytes;
            roomCame.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whoever waits for room may look whether the master is still open. */
    void onClosed() {
        lock.lock();
        try {
            roomCame.signalAll();
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
