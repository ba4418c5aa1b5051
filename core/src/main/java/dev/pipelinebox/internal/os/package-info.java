/**
 * What the JDK lacks: process trees, signals, locked directories, spin-then-park, a suspend-aware clock, standard
 * streams.
 *
 * <p>Other rooms may not enter.
 */
@NullMarked
package dev.pipelinebox.internal.os;

import org.jspecify.annotations.NullMarked;
