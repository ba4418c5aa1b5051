package dev.pipelinebox.internal.link.message;

/**
 * Marks the only types that are deserialised from the wire; bound to {@link WireSerializer} in {@code
 * reference.conf}.
 */
public sealed interface WireMessage permits MasterFrame, WorkerFrame {}
