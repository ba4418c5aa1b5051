/** To be written. */
@NullMarked
package dev.pipelinebox.internal.bootstrap;

import org.jspecify.annotations.NullMarked;
