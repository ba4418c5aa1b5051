package dev.pipelinebox.internal.link.relay;

import dev.pipelinebox.internal.link.LinkEvent;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import java.util.List;

/** What the actor of a link has for a {@link RelayedMasterLink}. */
sealed interface RelayEvent extends LinkEvent {

    /** A message of the worker, with its payloads. */
    record Received(WorkerToMaster message) implements RelayEvent {}

    /** A message with these tasks is too large to be sent. */
    record Undeliverable(List<Long> taskIds, String explanation) implements RelayEvent {}
}
