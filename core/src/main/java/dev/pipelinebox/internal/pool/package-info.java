/** To be written. */
@NullMarked
package dev.pipelinebox.internal.pool;

import org.jspecify.annotations.NullMarked;
