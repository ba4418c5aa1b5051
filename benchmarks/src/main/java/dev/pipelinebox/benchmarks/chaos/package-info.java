/** Workers are killed and frozen: what the library promises then, and how soon work goes on. */
@NullMarked
package dev.pipelinebox.benchmarks.chaos;

import org.jspecify.annotations.NullMarked;
