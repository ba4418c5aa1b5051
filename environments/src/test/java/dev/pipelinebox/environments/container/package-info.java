/** A program with a servlet container in it, which knows nothing of the library. */
package dev.pipelinebox.environments.container;
