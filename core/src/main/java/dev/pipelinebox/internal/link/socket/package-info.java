/**
 * The link over a Unix domain socket, for workers on the machine of their master: a stream that is ordered and loses nothing
 * while it lives. {@link SocketMasterLink} and {@link SocketWorkerLink} are its two ends. Actors, the cluster and decisions
 * about tasks stay out.
 */
@NullMarked
package dev.pipelinebox.internal.link.socket;

import org.jspecify.annotations.NullMarked;
