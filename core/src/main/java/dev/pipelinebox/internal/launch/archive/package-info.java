/**
 * The class-data archive, which about halves the start of a worker: where it is stored, how it is made and checked.
 *
 * <p>Processes of workers may not enter.
 */
@NullMarked
package dev.pipelinebox.internal.launch.archive;

import org.jspecify.annotations.NullMarked;
