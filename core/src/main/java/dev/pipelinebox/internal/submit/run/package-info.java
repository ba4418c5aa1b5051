/**
 * One run: its input, its window, the results that wait for the reader, and their order. No scheduling belongs here.
 */
@NullMarked
package dev.pipelinebox.internal.submit.run;

import org.jspecify.annotations.NullMarked;
