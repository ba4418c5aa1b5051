/** To be written. */
@NullMarked
package dev.pipelinebox.internal.event;

import org.jspecify.annotations.NullMarked;
