/**
 * Payloads of any size in messages of a bounded size: in pieces, through a ring in shared memory or over the wire. What a
 * message is and how it travels is not known here.
 */
@NullMarked
package dev.pipelinebox.internal.link.transfer;

import org.jspecify.annotations.NullMarked;
