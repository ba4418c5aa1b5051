/**
 * The class path of workers on another machine: each entry as a file that is known by its digest, and the Java version that
 * its classes need.
 *
 * <p>Connections, processes and tasks may not enter; no class is loaded.
 */
@NullMarked
package dev.pipelinebox.internal.launch.code.manifest;

import org.jspecify.annotations.NullMarked;
