/** To be written. */
@NullMarked
package dev.pipelinebox.internal.client;

import org.jspecify.annotations.NullMarked;
