/** Reads arguments from collections, iterables and streams, as far as there is room. No result belongs here. */
@NullMarked
package dev.pipelinebox.internal.submit.input;

import org.jspecify.annotations.NullMarked;
