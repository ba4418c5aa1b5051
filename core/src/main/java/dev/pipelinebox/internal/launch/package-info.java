/** To be written. */
@NullMarked
package dev.pipelinebox.internal.launch;

import org.jspecify.annotations.NullMarked;
