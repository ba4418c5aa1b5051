/**
 * The settings of a worker process at its start, for both sides: the master writes them to standard input, and the
 * worker reads them.
 *
 * <p>{@code EarlyBootstrap} comes first and starts the actor system; {@code Bootstrap} names the worker class and its
 * parameters. No type of Akka may enter, because a process reads them before Akka is loaded.
 */
@NullMarked
package dev.pipelinebox.internal.bootstrap;

import org.jspecify.annotations.NullMarked;
