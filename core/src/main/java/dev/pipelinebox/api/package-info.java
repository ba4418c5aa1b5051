/**
 * The types that users implement and use: {@link dev.pipelinebox.api.Worker}, results, handles, options, monitors and
 * exceptions.
 *
 * <p>Akka, Jackson and the library's other packages may not enter. A program that uses only this package and {@code
 * Master} does not depend on the inside of the library.
 */
@NullMarked
package dev.pipelinebox.api;

import org.jspecify.annotations.NullMarked;
