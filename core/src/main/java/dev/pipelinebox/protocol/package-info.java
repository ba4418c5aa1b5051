/**
 * What crosses the boundary between the master's process and a worker's: the messages and the link that carries them,
 * the codec of arguments and results, the report of a failure, and what a process is started with.
 *
 * <p>Only what <em>both</em> sides need may enter. It knows the api, and nothing of how either side works.
 */
@NullMarked
package dev.pipelinebox.protocol;

import org.jspecify.annotations.NullMarked;
