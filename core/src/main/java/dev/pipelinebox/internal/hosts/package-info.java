/**
 * Pure state: which hosts there are, which of them gets a worker, who may run and until when, and how many workers there
 * should be. {@code HostTable} is the master's entry, {@code RunLease} that of hosts and workers.
 *
 * <p>No clock, thread, actor or wire may enter. Times are given to it.
 */
@NullMarked
package dev.pipelinebox.internal.hosts;

import org.jspecify.annotations.NullMarked;
