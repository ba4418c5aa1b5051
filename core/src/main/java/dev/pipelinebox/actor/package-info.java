/**
 * What other actors tell a {@link dev.pipelinebox.Master}, by {@link dev.pipelinebox.Master#ref()}.
 *
 * <p>Only messages may enter: what becomes of them is the master's. It knows Akka and the api.
 */
@NullMarked
package dev.pipelinebox.actor;

import org.jspecify.annotations.NullMarked;
