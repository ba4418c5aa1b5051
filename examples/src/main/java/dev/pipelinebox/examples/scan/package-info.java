/**
 * The work behind {@link dev.pipelinebox.examples.DeprecatedApiScan}: what a worker does with a jar, and what it
 * reports. Only {@link dev.pipelinebox.examples.scan.ScanWorker} and its result are meant to be seen from outside.
 */
@NullMarked
package dev.pipelinebox.examples.scan;

import org.jspecify.annotations.NullMarked;
