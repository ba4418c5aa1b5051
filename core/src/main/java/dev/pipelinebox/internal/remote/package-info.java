/**
 * The master's side of other machines: the actor system in which hosts are members, the actor that carries out what the table
 * of hosts decides, and one for each host, which starts workers there.
 *
 * <p>Which host a worker gets, and when a host is lost, is decided in {@code hosts}. Tasks may not enter.
 */
@NullMarked
package dev.pipelinebox.internal.remote;

import org.jspecify.annotations.NullMarked;
