/** To be written. */
@NullMarked
package dev.pipelinebox.internal.codec;

import org.jspecify.annotations.NullMarked;
