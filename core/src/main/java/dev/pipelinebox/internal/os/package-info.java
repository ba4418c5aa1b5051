/** To be written. */
@NullMarked
package dev.pipelinebox.internal.os;

import org.jspecify.annotations.NullMarked;
