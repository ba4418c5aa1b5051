/**
 * The client of one master: ids, admission, workers' handles, callbacks, and the decoding of outcomes. The only room
 * that sends commands to the master's actor.
 */
@NullMarked
package dev.pipelinebox.internal.client;

import org.jspecify.annotations.NullMarked;
