/** To be written. */
@NullMarked
package dev.pipelinebox.internal.link.transfer;

import org.jspecify.annotations.NullMarked;
