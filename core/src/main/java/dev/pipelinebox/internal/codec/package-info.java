/**
 * User types to bytes and back, by the declared types of the worker class; failure reports; the inspection of the
 * worker class.
 *
 * <p>Akka and the link may not enter.
 */
@NullMarked
package dev.pipelinebox.internal.codec;

import org.jspecify.annotations.NullMarked;
