/**
 * The actors of the master. They carry out what {@code schedule} and {@code pool} decide. No decision about a task or a
 * worker may enter.
 */
@NullMarked
package dev.pipelinebox.internal.master;

import org.jspecify.annotations.NullMarked;
