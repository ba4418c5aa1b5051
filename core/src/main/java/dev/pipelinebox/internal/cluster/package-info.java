/** To be written. */
@NullMarked
package dev.pipelinebox.internal.cluster;

import org.jspecify.annotations.NullMarked;
