/**
 * The class path of workers: what the loader of the user's class sees, as jars and folders that another JVM can open.
 *
 * <p>Processes and tasks may not enter.
 */
@NullMarked
package dev.pipelinebox.internal.launch.code;

import org.jspecify.annotations.NullMarked;
