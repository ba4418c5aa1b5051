/** To be written. */
@NullMarked
package dev.pipelinebox.internal.task;

import org.jspecify.annotations.NullMarked;
