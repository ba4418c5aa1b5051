/**
 * The messages that other actors send to a {@link dev.pipelinebox.Master}, by {@link dev.pipelinebox.Master#ref()}.
 *
 * <p>Only messages may enter. The package uses Akka's references and the api.
 */
@NullMarked
package dev.pipelinebox.actor;

import org.jspecify.annotations.NullMarked;
