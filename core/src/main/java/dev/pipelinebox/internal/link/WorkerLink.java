package dev.pipelinebox.internal.link;

/**
 * One end of the connection between a master and one worker process. What one end sends arrives at the other once, whole
 * and in this order, or the other end is lost. It belongs to one actor and is not thread-safe: all calls come from the
 * actor's thread, and the {@link LinkListener} is called in it.
 */
public interface WorkerLink<O> extends AutoCloseable {

    /** Whether the other end has connected. What is sent before waits. */
    boolean isOpen();

    /** Sends a message, now or as soon as there is room for it. A batch may have payloads of any size. */
    void send(O message);

    /** Takes in what the transport has brought; {@code false} if it does not come from the other end and was dropped. */
    boolean receive(LinkEvent event);

    /** Does what is overdue. To be called several times a second, or once a second while the link {@link #isQuiet}. */
    void onTick();

    /** How many messages the other end has taken for certain. It grows while the other process is alive. */
    long delivered();

    /** Whether the other end has taken everything that was sent. */
    boolean isIdle();

    /** Whether nothing is left to do, by either end, for what has been sent. */
    boolean isQuiet();

    /** The size of what was sent and has found no room yet. */
    long waitingBytes();

    /** Releases what the ends share, in case that the other process cannot any more. */
    @Override
    void close();
}
