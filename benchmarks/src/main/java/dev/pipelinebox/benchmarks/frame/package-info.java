/** What all benchmarks share: the command line, figures with their floors and goals, and how they are printed. */
@NullMarked
package dev.pipelinebox.benchmarks.frame;

import org.jspecify.annotations.NullMarked;
