package dev.pipelinebox.master;

import dev.pipelinebox.protocol.Demand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All tasks that have no outcome yet: which wait, in which order, and which are in which worker's hands. Pure state with
 * no clock, thread or actor: it is told the time and what happened, and says what to do.
 *
 * <p>Workers are known by the number of their process, so that a replacement is never taken for the dead.
 */
final class TaskTable {

    /** A hand that has brought nothing between so many looks is stuck with a long task. */
    private static final int QUIET_LOOKS = 2;

    private final Duration grace;
    private final WaitingLine waiting = new WaitingLine();
    private final Map<Long, Hand> hands = new LinkedHashMap<>();
    private long now;

    /** A new table; the grace is what a task has from its interrupt until its process is killed. */
    TaskTable(Duration grace) {
        this.grace = grace;
    }

    /** A task to hand to a worker now. */
    record Assignment(long process, Task task, int attempt) {}

    /** A task that has come to its end in a worker, and the limit that it was interrupted for, if it was. */
    record Finished(Task task, boolean wasInterrupted) {}

    /** What becomes of the tasks in hands that hold them no more: they wait again, are given up, or nobody wants them. */
    record Loss(List<Task> requeued, List<Blame.GivenUp> failed, List<Task> dropped) {
        static final Loss NONE = new Loss(List.of(), List.of(), List.of());
    }

    /** What becomes of cancelled tasks: these are gone, and those are in workers' hands and still have an outcome. */
    record Cancellation(List<Task> dropped, Map<Long, List<Long>> inHands) {}

    /** Tells the time: nanoseconds that never go back. What is told after this happens then. */
    void now(long nanos) {
        now = nanos;
    }

    void add(Task task) {
        waiting.addLast(new TaskEntry(task, now));
    }

    void workerReady(long process, Demand demand) {
        hands.put(process, new Hand(demand));
    }

    void demand(long process, Demand demand) {
        hand(process).demand(demand);
    }

    /**
     * Hands out what waits, first in first out: to the emptiest hands first, to each no more than its share of the queue,
     * so that no worker sits on what another could do.
     */
    List<Assignment> assign() {
        if (waiting.isEmpty()) {
            return List.of();
        }
        long open = hands.values().stream().filter(hand -> !hand.isClosed).count();
        if (open == 0) {
            return List.of();
        }
        List<Assignment> assignments = new ArrayList<>();
        int share = (int) Math.max(1, (waiting.size() + open - 1) / open);
        hands.entrySet().stream()
                .sorted(Comparator.comparingInt(hand -> hand.getValue().size()))
                .forEach(hand -> fill(hand.getKey(), hand.getValue(), share, assignments));
        return assignments;
    }

    private void fill(long process, Hand hand, int share, List<Assignment> assignments) {
        for (int given = 0; given < share && !waiting.isEmpty() && hand.wants(waiting.first()); given++) {
            TaskEntry entry = waiting.removeFirst();
            hand.put(entry, now);
            assignments.add(new Assignment(process, entry.task, entry.attempt));
        }
    }

    /** A worker brought an outcome; empty if the task is not, or no longer, in its hands in this attempt. */
    Optional<Finished> finish(long process, long taskId, int attempt) {
        TaskEntry entry = held(process, taskId, attempt);
        if (entry == null) {
            return Optional.empty();
        }
        hand(process).finish(entry, now);
        return Optional.of(new Finished(entry.task, entry.interrupted));
    }

    /**
     * A worker brought a failure with something thrown of these classes. If it may be tried again, it rests and then
     * waits again; the pause is returned.
     */
    Optional<Duration> retry(long process, long taskId, int attempt, Supplier<List<String>> thrownClasses) {
        TaskEntry entry = held(process, taskId, attempt);
        if (entry == null
                || entry.cancelled
                || entry.interrupted
                || !entry.task.policy().allowsRetry(entry.failures + 1, thrownClasses)) {
            return Optional.empty();
        }
        hand(process).finish(entry, now);
        entry.failures++;
        entry.mayHaveStarted = true;
        entry.attempt++;
        Duration pause = entry.task.policy().retryBackoff(entry.failures);
        entry.readyAt = Durations.later(now, pause);
        waiting.rest(entry);
        return Optional.of(pause);
    }

    /** To be asked at intervals: lets those wait again that have rested long enough. */
    void wake() {
        waiting.wake(now);
    }

    /** A running task tells that it gets on; {@code false} if it is not, or no longer, in this worker's hands. */
    boolean progress(long process, long taskId, int attempt) {
        TaskEntry entry = held(process, taskId, attempt);
        if (entry != null) {
            entry.progressedAt = now;
        }
        return entry != null;
    }

    /** To be asked at intervals: takes out what has waited too long for its first worker. */
    List<Task> expired() {
        return waiting.removeExpired(now);
    }

    /** To be asked at intervals: which running tasks have passed a limit. Each is told once, and once more if it is killed. */
    List<Verdict> overdue() {
        List<Verdict> verdicts = new ArrayList<>();
        hands.forEach((process, hand) -> Verdict.of(process, hand, grace, now).ifPresent(verdict -> {
            TaskEntry running = hand.first();
            if (running != null && verdict.kill()) {
                hand.sentence = new Hand.Sentence(running, verdict.limit());
                hand.isClosed = true;
            } else if (running != null) {
                running.interrupted = true;
                running.interruptedAt = now;
            }
            verdicts.add(verdict);
        }));
        return verdicts;
    }

    /** A worker was asked to stop: it gets no more, and its end is nobody's fault. */
    void retire(long process) {
        close(process);
        hand(process).isRetired = true;
    }

    /** A worker gets no more. */
    void close(long process) {
        hand(process).isClosed = true;
    }

    /** A worker has ended or is about to: it gets no more, and nothing has to be done about it. */
    void end(long process) {
        close(process);
        hand(process).isEnding = true;
    }

    /** Tells whether the process is being killed for a task. */
    boolean isSentenced(long process) {
        return hand(process).sentence != null;
    }

    boolean holdsNothing(long process) {
        return hand(process).size() == 0;
    }

    /** A worker is gone: {@link Blame} says who has to bear it, all others wait again. */
    Loss workerLost(long process, Blame.End end) {
        Hand hand = hands.remove(process);
        if (hand == null) {
            return Loss.NONE;
        }
        List<TaskEntry> held = new ArrayList<>(hand.entries());
        held.forEach(entry -> entry.mayHaveStarted = true);
        List<Blame.GivenUp> failed = Blame.lay(hand, held, end, now);
        return putBack(held, failed);
    }

    /** Tasks cannot be brought to the worker that was to have them: they are taken out, and it gets no more. */
    List<Task> discard(long process, Collection<Long> taskIds) {
        Hand hand = hand(process);
        hand.isClosed = true;
        return taskIds.stream()
                .map(taskId -> hand.remove(taskId, now))
                .filter(Objects::nonNull)
                .map(entry -> entry.task)
                .toList();
    }

    /** A worker gave tasks back that it had not started. */
    Loss returned(long process, Collection<Long> taskIds) {
        Hand hand = hand(process);
        hand.isGivingBack = false;
        List<TaskEntry> back = new ArrayList<>();
        for (long taskId : taskIds) {
            TaskEntry entry = hand.remove(taskId, now);
            if (entry != null) {
                back.add(entry);
            }
        }
        return putBack(back, List.of());
    }

    /**
     * To be asked at intervals: what hands should give back, since the first of their tasks takes long while others
     * could do the rest, or since one has waited too long for its start; all but that first one.
     */
    Map<Long, List<Long>> revocations() {
        Map<Long, List<Long>> revocations = new HashMap<>();
        boolean othersCould =
                !waiting.isEmpty() || hands.values().stream().anyMatch(hand -> hand.size() == 0 && !hand.isClosed);
        hands.forEach((process, hand) -> {
            boolean isStuck = hand.isStuckAfterAnotherLook(QUIET_LOOKS);
            if (((isStuck && othersCould) || hand.holdsExpired(now)) && !hand.isGivingBack) {
                hand.isGivingBack = true;
                hand.demandOneByOne();
                revocations.put(process, hand.revocable());
            }
        });
        return revocations;
    }

    /** Takes back the tasks of some callers. */
    Cancellation cancel(Set<TaskSink> sinks) {
        List<Task> dropped = waiting.removeAllOf(sinks);
        Map<Long, List<Long>> inHands = new HashMap<>();
        hands.forEach((process, hand) -> {
            List<Long> held = new ArrayList<>();
            for (TaskEntry entry : hand.entries()) {
                if (sinks.contains(entry.task.sink())) {
                    entry.cancel(now);
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
        return waiting.removeAll();
    }

    boolean isEmpty() {
        return waiting.isEmpty()
                && waiting.hasNobodyResting()
                && hands.values().stream().allMatch(hand -> hand.size() == 0);
    }

    /** What this process holds; something empty for one that is not, or no longer, at work. */
    private Hand hand(long process) {
        Hand hand = hands.get(process);
        return hand == null ? new Hand(new Demand(0, 0)) : hand;
    }

    private @Nullable TaskEntry held(long process, long taskId, int attempt) {
        TaskEntry entry = hand(process).get(taskId);
        return entry != null && entry.attempt == attempt ? entry : null;
    }

    /** To the front, in their order; but what nobody wants any more is dropped. */
    private Loss putBack(List<TaskEntry> entries, List<Blame.GivenUp> failed) {
        List<Task> requeued = new ArrayList<>();
        List<Task> dropped = new ArrayList<>();
        for (TaskEntry entry : entries) {
            (entry.cancelled ? dropped : requeued).add(entry.task);
        }
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (!entries.get(i).cancelled) {
                waiting.addFirst(entries.get(i));
            }
        }
        return new Loss(requeued, failed, dropped);
    }
}
