package dev.pipelinebox.internal.link.message;

import com.fasterxml.jackson.annotation.JsonFormat;

/**
 * Where a piece of a payload is in the ring of its direction.
 *
 * @param total how many bytes the whole payload has
 * @param position where the piece begins, counted over all that was ever written into the ring
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record SharedSlice(long taskId, int total, long position, int length) {}
