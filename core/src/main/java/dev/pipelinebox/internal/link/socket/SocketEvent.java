package dev.pipelinebox.internal.link.socket;

import dev.pipelinebox.internal.link.LinkEvent;
import dev.pipelinebox.internal.link.message.WorkerToMaster;

/** What the loop has for a {@link SocketMasterLink}. */
sealed interface SocketEvent extends LinkEvent {

    /** The worker has connected and shown its token. */
    record Connected(SocketConnection connection) implements SocketEvent {}

    /** A message of the worker, with its payloads. */
    record Received(WorkerToMaster message) implements SocketEvent {}

    /** Nothing comes any more. */
    enum Ended implements SocketEvent {
        NOW
    }
}
