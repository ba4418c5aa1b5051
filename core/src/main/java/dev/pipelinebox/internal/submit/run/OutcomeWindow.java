package dev.pipelinebox.internal.submit.run;

import dev.pipelinebox.internal.task.Outcome;
import dev.pipelinebox.internal.task.TaskOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The unread tasks of a run in the order of their ids, which is the order of adding. Most ids are consecutive, so a task
 * is found at the offset of its id; the others are found by binary search. A circular array: it keeps nothing of read
 * tasks and allocates no object for a task. Not thread-safe.
 */
final class OutcomeWindow {

    private static final int FIRST_CAPACITY = 64;

    /** Stands for the outcome of a task that has been read. */
    private static final TaskOutcome READ = new TaskOutcome(0, new Outcome.Returned(null));

    private long[] ids = new long[FIRST_CAPACITY];
    /** {@code null} while a task is in flight. */
    private @Nullable TaskOutcome[] outcomes = new TaskOutcome[FIRST_CAPACITY];
    /** Positions only grow; the array index of one is its remainder by the capacity. */
    private long head;

    private long tail;
    private long nextInOrder;
    private int unread;
    private int inFlight;

    /** A task was submitted; its id is greater than those before. */
    void add(long taskId) {
        if (tail - head == ids.length) {
            makeRoom();
        }
        ids[indexOf(tail)] = taskId;
        outcomes[indexOf(tail)] = null;
        tail++;
        unread++;
        inFlight++;
    }

    /** Keeps an outcome; {@code false} if its task is not in flight here. */
    boolean onOutcome(TaskOutcome outcome) {
        long position = find(outcome.taskId());
        if (position < 0 || outcomes[indexOf(position)] != null) {
            return false;
        }
        outcomes[indexOf(position)] = outcome;
        inFlight--;
        return true;
    }

    /** The outcome of a task has been read. */
    void onRead(long taskId) {
        long position = find(taskId);
        if (position < 0 || outcomes[indexOf(position)] == null || isRead(position)) {
            return;
        }
        outcomes[indexOf(position)] = READ;
        unread--;
        while (head < tail && isRead(head)) {
            head++;
        }
        nextInOrder = Math.max(nextInOrder, head);
    }

    /** The next outcome in the order of adding, if it has arrived; given once, until {@link #restart}. */
    @Nullable
    TaskOutcome nextInOrder() {
        while (nextInOrder < tail && isRead(nextInOrder)) {
            nextInOrder++;
        }
        TaskOutcome next = nextInOrder < tail ? outcomes[indexOf(nextInOrder)] : null;
        nextInOrder += next == null ? 0 : 1;
        return next;
    }

    /** The next outcome in order is that of the first unread task. */
    void restart() {
        nextInOrder = head;
    }

    /** The size of the array. */
    int capacity() {
        return ids.length;
    }

    int unread() {
        return unread;
    }

    int inFlight() {
        return inFlight;
    }

    List<Long> inFlightIds() {
        List<Long> taskIds = new ArrayList<>();
        for (long position = head; position < tail; position++) {
            if (outcomes[indexOf(position)] == null) {
                taskIds.add(ids[indexOf(position)]);
            }
        }
        return taskIds;
    }

    void clear() {
        Arrays.fill(outcomes, null);
        head = tail;
        nextInOrder = tail;
        unread = 0;
        inFlight = 0;
    }

    /** The position of a task; negative if it is not here. */
    private long find(long taskId) {
        if (head == tail || taskId < ids[indexOf(head)]) {
            return -1;
        }
        long last = Math.min(tail - 1, head + (taskId - ids[indexOf(head)]));
        if (ids[indexOf(last)] == taskId) {
            return last;
        }
        long first = head;
        while (first <= last) {
            long middle = (first + last) >>> 1;
            long found = ids[indexOf(middle)];
            if (found == taskId) {
                return middle;
            }
            first = found < taskId ? middle + 1 : first;
            last = found < taskId ? last : middle - 1;
        }
        return -1;
    }

    /** Closes the gaps of tasks that were read before others; grows if more than half of the tasks are unread. */
    private void makeRoom() {
        int capacity = unread <= ids.length / 2 ? ids.length : 2 * ids.length;
        long[] newIds = new long[capacity];
        @Nullable TaskOutcome[] newOutcomes = new TaskOutcome[capacity];
        int kept = 0;
        int before = 0;
        for (long position = head; position < tail; position++) {
            if (!isRead(position)) {
                before += position < nextInOrder ? 1 : 0;
                newIds[kept] = ids[indexOf(position)];
                newOutcomes[kept++] = outcomes[indexOf(position)];
            }
        }
        ids = newIds;
        outcomes = newOutcomes;
        head = 0;
        tail = kept;
        nextInOrder = before;
    }

    /** Task ids begin at 1. */
    private boolean isRead(long position) {
        TaskOutcome outcome = outcomes[indexOf(position)];
        return outcome != null && outcome.taskId() == READ.taskId();
    }

    private int indexOf(long position) {
        return (int) position & (ids.length - 1);
    }
}
