package dev.pipelinebox.internal.link;

import dev.pipelinebox.internal.link.message.MasterToWorker;
import java.time.Duration;

/** The master's end. The transport brings what arrives to the mailbox of the master's actor, which passes it to the link. */
public interface MasterLink extends WorkerLink<MasterToWorker> {

    /** Takes in what the transport has brought; {@code false} if it does not come from the other end and was dropped. */
    boolean receive(LinkEvent event);

    /** Grows with each sign that the worker's process is alive: with the messages that it has taken, or that came from it. */
    long delivered();

    /** Whether nothing can arrive any more. A link that says so while the process runs is broken. */
    boolean isAtEnd();

    /** The process has ended; what it has sent before may still arrive. */
    void onProcessExited();

    /** How long that may take, if the link does not say {@link #isAtEnd} before. */
    Duration lastTransit();
}
