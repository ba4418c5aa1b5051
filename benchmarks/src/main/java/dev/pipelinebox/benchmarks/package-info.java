/** Programs that measure the library and try to break its promises; {@link dev.pipelinebox.benchmarks.Benchmarks} runs them. */
@NullMarked
package dev.pipelinebox.benchmarks;

import org.jspecify.annotations.NullMarked;
