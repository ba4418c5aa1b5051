/** The ways to submit tasks: runs, asks and streams over one submitter. No actor and no wire type belongs here. */
@NullMarked
package dev.pipelinebox.internal.submit;

import org.jspecify.annotations.NullMarked;
