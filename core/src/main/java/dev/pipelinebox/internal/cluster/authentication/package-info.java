/**
 * Which programs may connect to a member of a private cluster: those that prove that they have its key, before Akka reads a
 * byte of theirs.
 *
 * <p>Tasks and the library's actors may not enter.
 */
@NullMarked
package dev.pipelinebox.internal.cluster.authentication;

import org.jspecify.annotations.NullMarked;
