package dev.pipelinebox.internal.link.artery;

import dev.pipelinebox.internal.link.LinkEvent;

/**
 * Marks the only types that are deserialised from the wire; bound to {@link WireSerializer} in {@code reference.conf}.
 */
public sealed interface WireMessage extends LinkEvent permits MasterFrame, WorkerFrame {}
