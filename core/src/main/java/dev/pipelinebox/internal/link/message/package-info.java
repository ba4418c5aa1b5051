/** To be written. */
@NullMarked
package dev.pipelinebox.internal.link.message;

import org.jspecify.annotations.NullMarked;
