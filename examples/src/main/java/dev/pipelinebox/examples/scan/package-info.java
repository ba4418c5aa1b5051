/**
 * The work of {@link dev.pipelinebox.examples.DeprecatedApiScan}: the scan of a jar in a worker, and its report. Only
 * {@link dev.pipelinebox.examples.scan.ScanWorker} and its result are for use from outside.
 */
@NullMarked
package dev.pipelinebox.examples.scan;

import org.jspecify.annotations.NullMarked;
