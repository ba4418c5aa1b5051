/** To be written. */
@NullMarked
package dev.pipelinebox.internal.submit.pipeline;

import org.jspecify.annotations.NullMarked;
