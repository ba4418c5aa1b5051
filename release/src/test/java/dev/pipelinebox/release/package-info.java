/** What is published is the same wherever it is built, is complete, and can be used by others. */
@NullMarked
package dev.pipelinebox.release;

import org.jspecify.annotations.NullMarked;
