package dev.pipelinebox.internal.link;

/**
 * One end of the connection between a master and one worker process. What one end sends arrives at the other once, whole
 * and in this order, or the other end is lost. It belongs to one actor or thread, which makes all calls and on which the
 * {@link LinkListener} is called; other threads may send where it {@link #isThreadSafe}.
 */
public interface WorkerLink<O> extends AutoCloseable {

    /** Whether the other end has connected. What is sent before waits. */
    boolean isOpen();

    /** Sends a message, now or as soon as there is room for it. A batch may have payloads of any size. */
    void send(O message);

    /** Whether any thread may call {@link #send} and {@link #waitingBytes}. */
    default boolean isThreadSafe() {
        return false;
    }

    /** Does what is overdue. To be called several times a second, or once a second while the link {@link #isQuiet}. */
    void onTick();

    /** Whether nothing is awaited of the other end for what has been sent. */
    boolean isIdle();

    /** Whether nothing is left to do, by either end, for what has been sent. */
    boolean isQuiet();

    /** The size of what was sent and has found no room yet. */
    long waitingBytes();

    /** Releases what the link has opened. */
    @Override
    void close();
}
