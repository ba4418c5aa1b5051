package dev.pipelinebox.internal.submit.run;

import dev.pipelinebox.internal.task.OutcomeBatch;
import java.util.ArrayList;
import java.util.List;

/** Outcomes that a reader takes together, so that it needs the lock of the run once for all of them. Not thread-safe. */
final class ReadBatch {

    /** The outcomes of consecutive tasks, in a batch with perhaps more. */
    private record Part(OutcomeBatch batch, long firstId, int count) {}

    /** Takes the numbers of consecutive tasks. */
    @FunctionalInterface
    interface Range {

        void accept(long firstId, int count);
    }

    private final List<Part> parts = new ArrayList<>();
    private int size;
    /** The index of the part that is being read, and how much of it has been read. */
    private int reading;

    private int read;
    /** The index of the first part that is not released, and how much of it is. */
    private int releasing;

    private int released;

    /** Adds the outcomes, in a batch, of so many tasks. */
    void add(OutcomeBatch batch, long firstId, int count) {
        parts.add(new Part(batch, firstId, count));
        size += count;
    }

    /** How many outcomes were added. */
    int size() {
        return size;
    }

    boolean hasNext() {
        return reading < parts.size();
    }

    /** The task whose outcome is the next one. */
    long nextId() {
        return parts.get(reading).firstId() + read;
    }

    /** The batch with the next outcome, which is read by this. */
    OutcomeBatch next() {
        Part part = parts.get(reading);
        read++;
        if (read == part.count()) {
            reading++;
            read = 0;
        }
        return part.batch();
    }

    /** Gives the ids of the tasks that were read since the last call. */
    void releaseRead(Range onRead) {
        for (; releasing < reading; releasing++) {
            release(parts.get(releasing).count(), onRead);
            released = 0;
        }
        release(read, onRead);
        if (!hasNext()) {
            clear();
        }
    }

    private void release(int end, Range onRead) {
        if (released < end) {
            onRead.accept(parts.get(releasing).firstId() + released, end - released);
            released = end;
        }
    }

    void clear() {
        parts.clear();
        size = 0;
        reading = 0;
        read = 0;
        releasing = 0;
        released = 0;
    }
}
