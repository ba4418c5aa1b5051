/**
 * What other modules of this project use of the library beside its API. Applications need none of it, and it may change in
 * any release.
 */
@NullMarked
package dev.pipelinebox.spi;

import org.jspecify.annotations.NullMarked;
