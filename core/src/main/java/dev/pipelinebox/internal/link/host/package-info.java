/**
 * What a master and a host say to each other over Artery, and the reliable link that carries it: how workers are started and
 * ended there, what they print, and the code that they need. The tasks of a worker have a link of their own, which its host
 * relays.
 *
 * <p>Decisions about workers, hosts and tasks stay out.
 */
@NullMarked
package dev.pipelinebox.internal.link.host;

import org.jspecify.annotations.NullMarked;
