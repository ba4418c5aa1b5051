/** To be written. */
@NullMarked
package dev.pipelinebox.internal.submit.input;

import org.jspecify.annotations.NullMarked;
