/** To be written. */
@NullMarked
package dev.pipelinebox.internal.submit.ask;

import org.jspecify.annotations.NullMarked;
