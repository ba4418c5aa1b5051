package dev.pipelinebox.internal.link.message;

import com.fasterxml.jackson.annotation.JsonFormat;

/**
 * Where a piece of a payload is that is handed over in memory, in the ring of its direction.
 *
 * @param taskId the task that it belongs to
 * @param total how many bytes the payload has
 * @param position where the piece begins, counted from the beginning of time; the ring is gone round again and again
 * @param length how many bytes the piece has
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record SharedSlice(long taskId, int total, long position, int length) {}
