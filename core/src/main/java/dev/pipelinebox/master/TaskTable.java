package dev.pipelinebox.master;

import dev.pipelinebox.protocol.Demand;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All tasks that have no outcome yet: which wait, in which order, and which are in which worker's hands. Pure state with
 * no clock, thread or actor: it is told what happened and says what to do.
 *
 * <p>Workers are known by the number of their process, so that a replacement is never taken for the dead.
 */
final class TaskTable {

    /** A hand that has brought nothing between so many looks is stuck with a long task. */
    private static final int QUIET_LOOKS = 2;

    private final int maxAttempts;
    private final Deque<Entry> queue = new ArrayDeque<>();
    private final Map<Long, Hand> hands = new LinkedHashMap<>();

    TaskTable(int maxAttempts) {
        this.maxAttempts = maxAttempts;
    }

    /** A task to hand to a worker now. */
    record Assignment(long process, Task task, int attempt) {}

    /** What becomes of the tasks in hands that hold them no more: they wait again, are given up, or nobody wants them. */
    record Loss(List<Task> requeued, List<Task> failed, List<Task> dropped) {}

    /** What becomes of cancelled tasks: these are gone, and those are in workers' hands and still have an outcome. */
    record Cancellation(List<Task> dropped, Map<Long, List<Long>> inHands) {}

    private static final class Entry {
        final Task task;
        int attempt = 1;
        /** Nobody wants its outcome, so it is not run again. */
        boolean cancelled;

        /** Was in the hands of a worker that died, among others, so it runs alone until it is cleared or convicted. */
        boolean suspect;

        Entry(Task task) {
            this.task = task;
        }
    }

    private static final class Hand {
        final Map<Long, Entry> entries = new LinkedHashMap<>();
        Demand demand;
        long bytes;
        boolean isGivingBack;
        /** Gets no more tasks. */
        boolean isClosed;
        /** Was asked to stop, so its end is nobody's fault. */
        boolean isRetired;
        /** How often it was looked at since it last brought an outcome. */
        int quietLooks;

        Hand(Demand demand) {
            this.demand = demand;
        }

        boolean wants(Entry entry) {
            if (entries.isEmpty() || isClosed) {
                return !isClosed;
            }
            return !entry.suspect
                    && entries.size() < demand.tasks()
                    && bytes + entry.task.size() <= demand.bytes()
                    && entries.values().stream().limit(1).noneMatch(first -> first.suspect);
        }

        void put(Entry entry) {
            quietLooks = entries.isEmpty() ? 0 : quietLooks;
            entries.put(entry.task.id(), entry);
            bytes += entry.task.size();
        }

        @Nullable
        Entry remove(long taskId) {
            Entry entry = entries.remove(taskId);
            if (entry != null) {
                bytes -= entry.task.size();
            }
            return entry;
        }
    }

    void add(Task task) {
        queue.addLast(new Entry(task));
    }

    void workerReady(long process, Demand demand) {
        hands.put(process, new Hand(demand));
    }

    void demand(long process, Demand demand) {
        Hand hand = hands.get(process);
        if (hand != null) {
            hand.demand = demand;
        }
    }

    /**
     * Hands out what waits, first in first out: to the emptiest hands first, to each no more than its share of the queue,
     * so that no worker sits on what another could do.
     */
    List<Assignment> assign() {
        long open = hands.values().stream().filter(hand -> !hand.isClosed).count();
        if (queue.isEmpty() || open == 0) {
            return List.of();
        }
        List<Assignment> assignments = new ArrayList<>();
        int share = (int) Math.max(1, (queue.size() + open - 1) / open);
        hands.entrySet().stream()
                .sorted(Comparator.comparingInt(hand -> hand.getValue().entries.size()))
                .forEach(hand -> fill(hand.getKey(), hand.getValue(), share, assignments));
        return assignments;
    }

    private void fill(long process, Hand hand, int share, List<Assignment> assignments) {
        for (int given = 0; given < share && !queue.isEmpty() && hand.wants(queue.getFirst()); given++) {
            Entry entry = queue.removeFirst();
            hand.put(entry);
            assignments.add(new Assignment(process, entry.task, entry.attempt));
        }
    }

    /** A worker brought an outcome; empty if the task is not, or no longer, in its hands in this attempt. */
    Optional<Task> finish(long process, long taskId, int attempt) {
        Hand hand = hands.get(process);
        Entry entry = hand == null ? null : hand.entries.get(taskId);
        if (hand == null || entry == null || entry.attempt != attempt) {
            return Optional.empty();
        }
        hand.remove(taskId);
        hand.quietLooks = 0;
        return Optional.of(entry.task);
    }

    /** A worker was asked to stop: it gets no more, and its end is nobody's fault. */
    void retire(long process) {
        Hand hand = hands.get(process);
        if (hand != null) {
            hand.isRetired = true;
            hand.isClosed = true;
        }
    }

    /** A worker is ending by itself: it gets no more. */
    void close(long process) {
        Hand hand = hands.get(process);
        if (hand != null) {
            hand.isClosed = true;
        }
    }

    /**
     * A worker is gone. If it was not asked to, the one task that it surely ran is to blame; of several, each is only
     * suspect.
     */
    Loss workerLost(long process) {
        Hand hand = hands.remove(process);
        if (hand == null) {
            return new Loss(List.of(), List.of(), List.of());
        }
        List<Entry> held = new ArrayList<>(hand.entries.values());
        List<Task> failed = new ArrayList<>();
        if (!hand.isRetired) {
            held.forEach(entry -> entry.suspect = true);
            if (held.size() == 1) {
                Entry guilty = held.get(0);
                if (guilty.attempt >= maxAttempts && !guilty.cancelled) {
                    held.clear();
                    failed.add(guilty.task);
                }
                guilty.attempt++;
            }
        }
        return putBack(held, failed);
    }

    /** A worker gave tasks back that it had not started. */
    Loss returned(long process, Collection<Long> taskIds) {
        Hand hand = hands.get(process);
        if (hand == null) {
            return new Loss(List.of(), List.of(), List.of());
        }
        hand.isGivingBack = false;
        List<Entry> back = new ArrayList<>();
        for (long taskId : taskIds) {
            Entry entry = hand.remove(taskId);
            if (entry != null) {
                back.add(entry);
            }
        }
        return putBack(back, List.of());
    }

    /**
     * To be asked at intervals: what hands should give back because the first of their tasks takes long, while others
     * could do the rest; all but that one. Until it is done they get no more.
     */
    Map<Long, List<Long>> revocations() {
        Map<Long, List<Long>> revocations = new HashMap<>();
        boolean othersCould =
                !queue.isEmpty() || hands.values().stream().anyMatch(hand -> hand.entries.isEmpty() && !hand.isClosed);
        hands.forEach((process, hand) -> {
            boolean isStuck = ++hand.quietLooks > QUIET_LOOKS && hand.entries.size() > 1;
            if (isStuck && othersCould && !hand.isGivingBack) {
                hand.isGivingBack = true;
                hand.demand = new Demand(1, hand.demand.bytes());
                revocations.put(process, hand.entries.keySet().stream().skip(1).toList());
            }
        });
        return revocations;
    }

    /** Takes back a caller's tasks. */
    Cancellation cancel(TaskSink sink) {
        List<Task> dropped = new ArrayList<>();
        for (Iterator<Entry> waiting = queue.iterator(); waiting.hasNext(); ) {
            Entry entry = waiting.next();
            if (entry.task.sink() == sink) {
                waiting.remove();
                dropped.add(entry.task);
            }
        }
        Map<Long, List<Long>> inHands = new HashMap<>();
        hands.forEach((process, hand) -> {
            List<Long> held = new ArrayList<>();
            for (Entry entry : hand.entries.values()) {
                if (entry.task.sink() == sink) {
                    entry.cancelled = true;
                    held.add(entry.task.id());
                }
            }
            if (!held.isEmpty()) {
                inHands.put(process, held);
            }
        });
        return new Cancellation(dropped, inHands);
    }

    /** Takes out all that waits. */
    List<Task> drainQueue() {
        List<Task> drained = queue.stream().map(entry -> entry.task).toList();
        queue.clear();
        return drained;
    }

    boolean isEmpty() {
        return queue.isEmpty() && hands.values().stream().allMatch(hand -> hand.entries.isEmpty());
    }

    /** To the front, in their order; but what nobody wants any more is dropped. */
    private Loss putBack(List<Entry> entries, List<Task> failed) {
        List<Task> requeued = new ArrayList<>();
        List<Task> dropped = new ArrayList<>();
        for (Entry entry : entries) {
            (entry.cancelled ? dropped : requeued).add(entry.task);
        }
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (!entries.get(i).cancelled) {
                queue.addFirst(entries.get(i));
            }
        }
        return new Loss(requeued, failed, dropped);
    }
}
