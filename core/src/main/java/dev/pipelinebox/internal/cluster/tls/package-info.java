/**
 * The keys of a cluster of several machines, and its connections: an own certificate authority, its files, and TLS 1.3 with a
 * certificate at both ends, whose roles are checked.
 *
 * <p>Tasks, and the library's actors, may not enter.
 */
@NullMarked
package dev.pipelinebox.internal.cluster.tls;

import org.jspecify.annotations.NullMarked;
