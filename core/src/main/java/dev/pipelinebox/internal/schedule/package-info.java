/** To be written. */
@NullMarked
package dev.pipelinebox.internal.schedule;

import org.jspecify.annotations.NullMarked;
