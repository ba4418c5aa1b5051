/** To be written. */
@NullMarked
package dev.pipelinebox.internal.runtime;

import org.jspecify.annotations.NullMarked;
