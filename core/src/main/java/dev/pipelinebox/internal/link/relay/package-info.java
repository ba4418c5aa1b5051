/**
 * The link to a worker on another machine: over Artery between the master and the worker's host, and over the host's Unix
 * domain socket between the host and the worker. Each of the two delivers all that it takes in, once and in order, and the
 * host passes it on; a host that is lost loses its workers, too, so nothing is ever half-way for good.
 *
 * <p>Who starts the process, and where, stays out.
 */
@NullMarked
package dev.pipelinebox.internal.link.relay;

import org.jspecify.annotations.NullMarked;
