/** What others do with the same work on the same machine: plain JVMs, loopback TCP, Python's pool. */
@NullMarked
package dev.pipelinebox.benchmarks.floor;

import org.jspecify.annotations.NullMarked;
