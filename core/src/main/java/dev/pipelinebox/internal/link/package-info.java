/** To be written. */
@NullMarked
package dev.pipelinebox.internal.link;

import org.jspecify.annotations.NullMarked;
