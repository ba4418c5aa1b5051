/**
 * Large payloads, which travel ahead of their envelopes: whole, or in pieces where a message has a bounded size. How they
 * travel is not known here.
 */
@NullMarked
package dev.pipelinebox.internal.link.transfer;

import org.jspecify.annotations.NullMarked;
