/**
 * Programs to run and to read. {@link dev.pipelinebox.examples.DumbMasterWorker} is the shortest, {@link
 * dev.pipelinebox.examples.DumbMasterWorkerMonitored} shows how the load spreads over the workers, and {@link
 * dev.pipelinebox.examples.DeprecatedApiScan} does a real job. The others each show one way to submit tasks and to read
 * their results.
 */
@NullMarked
package dev.pipelinebox.examples;

import org.jspecify.annotations.NullMarked;
