/** A program that uses much of the library, to be run with other versions of what it stands on. */
@NullMarked
package dev.pipelinebox.compatibility;

import org.jspecify.annotations.NullMarked;
