/** Elements that pass through several masters. Nothing inside of a master belongs here. */
@NullMarked
package dev.pipelinebox.internal.submit.pipeline;

import org.jspecify.annotations.NullMarked;
