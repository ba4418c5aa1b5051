/** How fast and how large: one class a workload, each measured by turns with its floor. */
@NullMarked
package dev.pipelinebox.benchmarks.speed;

import org.jspecify.annotations.NullMarked;
