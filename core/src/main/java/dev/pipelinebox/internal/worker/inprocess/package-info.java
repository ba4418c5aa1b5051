/** To be written. */
@NullMarked
package dev.pipelinebox.internal.worker.inprocess;

import org.jspecify.annotations.NullMarked;
