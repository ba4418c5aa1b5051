/**
 * The program that makes a machine a host: it reads its command line and has a command executed. A program, not a library:
 * nothing in it is for other code to call.
 */
@NullMarked
package dev.pipelinebox.host;

import org.jspecify.annotations.NullMarked;
