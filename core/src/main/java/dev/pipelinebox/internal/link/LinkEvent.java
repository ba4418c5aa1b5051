package dev.pipelinebox.internal.link;

/** What a transport has for one end of a link. It comes by the mailbox of the end's actor, which passes it to the link. */
public interface LinkEvent {}
