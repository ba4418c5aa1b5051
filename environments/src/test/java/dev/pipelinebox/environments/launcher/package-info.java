/** Starts the program with other class loaders than Java's own; nothing of it is in the program's jar. */
package dev.pipelinebox.environments.launcher;
