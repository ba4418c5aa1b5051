/** To be written. */
@NullMarked
package dev.pipelinebox.internal.submit;

import org.jspecify.annotations.NullMarked;
