package dev.pipelinebox.internal.submit.run;

import dev.pipelinebox.internal.task.Outcome;
import dev.pipelinebox.internal.task.TaskOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a run that are not read yet, in the order of their numbers, which is that of their adding. Most of them
 * follow one upon the other, so a task is found where its number says; the others by halving. Takes no memory for what
 * has been read, and makes no object for a task. Not thread-safe.
 */
final class OutcomeWindow {

    private static final int FIRST_CAPACITY = 64;

    /** In the place of the outcome of one that has been read. */
    private static final TaskOutcome READ = new TaskOutcome(0, new Outcome.Returned(null));

    private long[] ids = new long[FIRST_CAPACITY];
    /** Null as long as there is none. */
    private @Nullable TaskOutcome[] outcomes = new TaskOutcome[FIRST_CAPACITY];
    /** Positions count on and on; the place of one is its rest by the capacity. */
    private long head;

    private long tail;
    private long nextInOrder;
    private int unread;
    private int atWork;

    /** A task was handed in; its number is greater than all before. */
    void add(long taskId) {
        if (tail - head == ids.length) {
            makeRoom();
        }
        ids[place(tail)] = taskId;
        outcomes[place(tail)] = null;
        tail++;
        unread++;
        atWork++;
    }

    /** Keeps an outcome; {@code false} if the task is not here, or has one. */
    boolean arrive(TaskOutcome outcome) {
        long position = find(outcome.taskId());
        if (position < 0 || outcomes[place(position)] != null) {
            return false;
        }
        outcomes[place(position)] = outcome;
        atWork--;
        return true;
    }

    /** One that has arrived is read, and takes no room any more. */
    void read(long taskId) {
        long position = find(taskId);
        if (position < 0 || outcomes[place(position)] == null || isRead(position)) {
            return;
        }
        outcomes[place(position)] = READ;
        unread--;
        while (head < tail && isRead(head)) {
            head++;
        }
        nextInOrder = Math.max(nextInOrder, head);
    }

    /** The next in the order of adding, if it has arrived; given once, until {@link #startOver}. */
    @Nullable
    TaskOutcome nextInOrder() {
        while (nextInOrder < tail && isRead(nextInOrder)) {
            nextInOrder++;
        }
        TaskOutcome next = nextInOrder < tail ? outcomes[place(nextInOrder)] : null;
        nextInOrder += next == null ? 0 : 1;
        return next;
    }

    /** The next in order is the first that has not been read. */
    void startOver() {
        nextInOrder = head;
    }

    /** How many it has room for now. */
    int capacity() {
        return ids.length;
    }

    int unread() {
        return unread;
    }

    /** How many have no outcome yet. */
    int atWork() {
        return atWork;
    }

    /** Those that have no outcome yet. */
    List<Long> missing() {
        List<Long> missing = new ArrayList<>();
        for (long position = head; position < tail; position++) {
            if (outcomes[place(position)] == null) {
                missing.add(ids[place(position)]);
            }
        }
        return missing;
    }

    void clear() {
        Arrays.fill(outcomes, null);
        head = tail;
        nextInOrder = tail;
        unread = 0;
        atWork = 0;
    }

    /** The position of this task; negative if it is not here. */
    private long find(long taskId) {
        if (head == tail || taskId < ids[place(head)]) {
            return -1;
        }
        long last = Math.min(tail - 1, head + (taskId - ids[place(head)]));
        if (ids[place(last)] == taskId) {
            return last;
        }
        long first = head;
        while (first <= last) {
            long middle = (first + last) >>> 1;
            long found = ids[place(middle)];
            if (found == taskId) {
                return middle;
            }
            first = found < taskId ? middle + 1 : first;
            last = found < taskId ? last : middle - 1;
        }
        return -1;
    }

    /** Closes the gaps of those that were read before others, or, if these are few, takes more memory. */
    private void makeRoom() {
        int capacity = unread <= ids.length / 2 ? ids.length : 2 * ids.length;
        long[] newIds = new long[capacity];
        @Nullable TaskOutcome[] newOutcomes = new TaskOutcome[capacity];
        int kept = 0;
        int before = 0;
        for (long position = head; position < tail; position++) {
            if (!isRead(position)) {
                before += position < nextInOrder ? 1 : 0;
                newIds[kept] = ids[place(position)];
                newOutcomes[kept++] = outcomes[place(position)];
            }
        }
        ids = newIds;
        outcomes = newOutcomes;
        head = 0;
        tail = kept;
        nextInOrder = before;
    }

    /** Tasks are numbered from 1. */
    private boolean isRead(long position) {
        TaskOutcome outcome = outcomes[place(position)];
        return outcome != null && outcome.taskId() == READ.taskId();
    }

    private int place(long position) {
        return (int) position & (ids.length - 1);
    }
}
