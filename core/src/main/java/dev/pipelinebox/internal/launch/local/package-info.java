/** To be written. */
@NullMarked
package dev.pipelinebox.internal.launch.local;

import org.jspecify.annotations.NullMarked;
