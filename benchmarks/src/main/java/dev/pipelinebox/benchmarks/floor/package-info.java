/** The floors: the same work on the same machine with plain JVMs, loopback TCP and Python's pool. */
@NullMarked
package dev.pipelinebox.benchmarks.floor;

import org.jspecify.annotations.NullMarked;
