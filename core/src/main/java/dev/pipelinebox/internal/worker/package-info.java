/** To be written. */
@NullMarked
package dev.pipelinebox.internal.worker;

import org.jspecify.annotations.NullMarked;
