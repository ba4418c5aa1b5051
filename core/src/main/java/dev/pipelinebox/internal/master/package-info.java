/** To be written. */
@NullMarked
package dev.pipelinebox.internal.master;

import org.jspecify.annotations.NullMarked;
