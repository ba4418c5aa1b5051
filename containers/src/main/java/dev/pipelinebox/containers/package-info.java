/** A small service, made to be put into a container: what the page about containers shows and tests. */
@NullMarked
package dev.pipelinebox.containers;

import org.jspecify.annotations.NullMarked;
