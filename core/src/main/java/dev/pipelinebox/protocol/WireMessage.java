package dev.pipelinebox.protocol;

/** Marks the only types that are deserialised from the wire; bound to {@code jackson-cbor} in the Akka settings. */
public sealed interface WireMessage permits FromMaster, FromWorker {}
