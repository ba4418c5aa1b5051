/** Workers inside the application's process, which can be debugged together with it. */
@NullMarked
package dev.pipelinebox.internal.worker.inprocess;

import org.jspecify.annotations.NullMarked;
