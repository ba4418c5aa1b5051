/** To be written. */
@NullMarked
package dev.pipelinebox.internal.submit.run;

import org.jspecify.annotations.NullMarked;
