/** To be written. */
@NullMarked
package dev.pipelinebox.internal.config;

import org.jspecify.annotations.NullMarked;
