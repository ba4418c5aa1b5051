/**
 * Reads and checks configuration keys. Each room reads its own settings with it.
 *
 * <p>Other rooms may not enter.
 */
@NullMarked
package dev.pipelinebox.internal.config;

import org.jspecify.annotations.NullMarked;
