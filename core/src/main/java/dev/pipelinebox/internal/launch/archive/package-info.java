/** To be written. */
@NullMarked
package dev.pipelinebox.internal.launch.archive;

import org.jspecify.annotations.NullMarked;
