package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.internal.task.Demand;
import dev.pipelinebox.internal.task.Durations;
import dev.pipelinebox.internal.task.OutcomeSink;
import dev.pipelinebox.internal.task.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * All tasks that have no outcome yet: which wait, in which order, and which are in which worker's hands. Pure state with
 * no clock, thread or actor: it is told the time and what happened, and says what to do.
 *
 * <p>Workers are known by the number of their process, so that a replacement is never taken for the dead.
 */
public final class Scheduler {

    private final InFlightTable hands;
    private final Backlog waiting;
    private boolean paused;
    private long now;

    /** A new table; the grace is what a task has from its interrupt until its process is killed. */
    public Scheduler(Duration grace) {
        this.hands = new InFlightTable(grace);
        this.waiting = new Backlog(hands::placeChanged);
    }

    /** A task to hand to a worker now. */
    public record Assignment(long process, Task task, int attempt) {}

    /** A task that has come to its end in a worker, and the limit that it was interrupted for, if it was. */
    public record Finished(Task task, boolean wasInterrupted) {}

    /**
     * What becomes of the tasks in hands that hold them no more: they wait again, are given up, or nobody wants them; and
     * whether the worker's end, if that is why, says nothing about its place.
     */
    public record Loss(
            List<Task> requeued, List<CrashAttribution.GivenUp> failed, List<Task> dropped, boolean isExplained) {
        static final Loss NONE = new Loss(List.of(), List.of(), List.of(), false);
    }

    /** What becomes of cancelled tasks: these are gone, and those are in workers' hands and still have an outcome. */
    public record Cancellation(List<Task> dropped, Map<Long, List<Long>> inHands) {}

    /** Tells the time: nanoseconds that never go back. What is told after this happens then. */
    public void now(long nanos) {
        now = nanos;
    }

    public void add(Task task) {
        waiting.addLast(new QueuedTask(task, now));
    }

    /** A worker was added, with this number: from now on there may be tasks that only it may run. */
    public void openPlace(int place) {
        waiting.openPlace(place);
    }

    /** The worker with this number is stopped or given up. */
    public void closePlace(int place) {
        waiting.closePlace(place);
    }

    /** Takes out what only workers may run that are gone. */
    public List<Task> stranded() {
        return waiting.removeStranded();
    }

    /** The process that fills this place now takes tasks. */
    public void workerReady(long process, int place, Demand demand) {
        hands.add(new InFlight(process, place, demand));
        waiting.onReady(place);
    }

    public void demand(long process, Demand demand) {
        InFlight hand = hands.ifAtWork(process);
        if (hand != null) {
            hand.demand(demand);
        }
    }

    /** From now on nothing is handed out; it is returned what workers should give back that they have not started. */
    public Map<Long, List<Long>> pause() {
        paused = true;
        return hands.revokeAll();
    }

    public void resume() {
        paused = false;
        hands.allChanged();
    }

    /**
     * Hands out what waits, in the order of the line: to the emptiest hands first, to each no more than its share of what
     * others could do as well, so that no worker sits on that.
     */
    public List<Assignment> assign() {
        InFlightIndex index = hands.index();
        List<InFlight> changed = index.lookAgain(waiting::keysOf);
        int open = index.count();
        if (paused || waiting.isEmpty() || open == 0) {
            return List.of();
        }
        int share = Math.max(1, (waiting.toBeShared() + open - 1) / open);
        List<Assignment> assignments = new ArrayList<>();
        Iterator<InFlight> withRoom = index.withRoom().iterator();
        while (waiting.toBeShared() > 0 && withRoom.hasNext()) {
            fill(withRoom.next(), share, assignments);
        }
        if (waiting.toBeShared() == 0) {
            changed.forEach(hand -> fill(hand, share, assignments));
        }
        waiting.endTurn();
        return assignments;
    }

    private void fill(InFlight hand, int share, List<Assignment> assignments) {
        int given = 0;
        QueuedTask next = waiting.firstFor(hand.place, false);
        while (next != null && hand.wants(next)) {
            given += waiting.removeFirst(next, hand.place) ? 1 : 0;
            hand.put(next, now);
            hands.index().mayHaveChanged(hand);
            assignments.add(new Assignment(hand.process, next.task, next.attempt));
            next = waiting.firstFor(hand.place, given >= share);
        }
        if (next != null && waiting.toBeShared() > 0) {
            hands.index().mayHaveChanged(hand);
        }
        waiting.endBatch();
    }

    /** A worker brought an outcome; empty if the task is not, or no longer, in its hands in this attempt. */
    public Optional<Finished> finish(long process, long taskId, int attempt) {
        InFlight hand = hands.ifAtWork(process);
        QueuedTask entry = hand == null ? null : hand.held(taskId, attempt);
        if (hand == null || entry == null) {
            return Optional.empty();
        }
        hand.finish(entry, now);
        waiting.leave(entry);
        return Optional.of(new Finished(entry.task, entry.interrupted));
    }

    /**
     * A worker brought a failure with something thrown of these classes. If it may be tried again, it rests and then
     * waits again; the pause is returned.
     */
    public Optional<Duration> retry(long process, long taskId, int attempt, Supplier<List<String>> thrownClasses) {
        InFlight hand = hands.ifAtWork(process);
        QueuedTask entry = hand == null ? null : hand.held(taskId, attempt);
        if (hand == null
                || entry == null
                || entry.cancelled
                || entry.interrupted
                || !entry.task.policy().allowsRetry(entry.failures + 1, thrownClasses)) {
            return Optional.empty();
        }
        hand.finish(entry, now);
        entry.failures++;
        entry.mayHaveStarted = true;
        entry.attempt++;
        Duration pause = entry.task.policy().retryBackoff(entry.failures);
        entry.readyAt = Durations.later(now, pause);
        waiting.rest(entry);
        return Optional.of(pause);
    }

    /** To be asked at intervals: lets those wait again that have rested long enough. */
    public void wake() {
        waiting.wake(now);
    }

    /** A running task tells that it gets on; {@code false} if it is not, or no longer, in this worker's hands. */
    public boolean progress(long process, long taskId, int attempt) {
        InFlight hand = hands.ifAtWork(process);
        QueuedTask entry = hand == null ? null : hand.held(taskId, attempt);
        if (entry != null) {
            entry.progressedAt = now;
        }
        return entry != null;
    }

    /** To be asked at intervals: takes out what has waited too long for its first worker. */
    public List<Task> expired() {
        return waiting.removeExpired(now);
    }

    /** To be asked at intervals: which running tasks have passed a limit. Each is told once, and once more if it is killed. */
    public List<TimeoutAction> overdue() {
        return hands.overdue(now);
    }

    /** A worker, which may have had no task yet, was asked to stop: it gets no more, and its end is nobody's fault. */
    public void retire(long process) {
        InFlight hand = hands.ifAtWork(process);
        if (hand != null) {
            hand.isClosed = true;
            hand.isRetired = true;
        }
    }

    /** A worker, which may have had no task yet, has taken its master for gone. */
    public void forsake(long process) {
        InFlight hand = hands.ifAtWork(process);
        if (hand != null) {
            hand.isClosed = true;
            hand.isForsaken = true;
        }
    }

    /** A worker that is at work gets no more; it is returned what it should give back if it has not started it. */
    public List<Long> drain(long process) {
        InFlight hand = hands.atWork(process);
        hand.isClosed = true;
        return hand.revokeAll();
    }

    /**
     * A worker, which may have had no task yet, or be known to be gone, has ended or is about to: it gets no more, and
     * nothing has to be done about it.
     */
    public void end(long process) {
        InFlight hand = hands.ifAtWork(process);
        if (hand != null) {
            hand.isClosed = true;
            hand.isEnding = true;
        }
    }

    public boolean holdsNothing(long process) {
        InFlight hand = hands.ifAtWork(process);
        return hand == null || hand.size() == 0;
    }

    /** A worker is gone: {@link CrashAttribution} says who has to bear it, all others wait again. */
    public Loss workerLost(long process, CrashAttribution.End end) {
        InFlight hand = hands.remove(process);
        if (hand == null) {
            return Loss.NONE;
        }
        List<QueuedTask> held = new ArrayList<>(hand.entries());
        held.forEach(entry -> entry.mayHaveStarted = true);
        List<CrashAttribution.GivenUp> failed = CrashAttribution.lay(hand, held, end, now);
        hands.allChanged();
        boolean isExplained = CrashAttribution.explains(hand);
        remove(hand, failed.stream().map(givenUp -> givenUp.task().id()).toList())
                .forEach(waiting::leave);
        return putBack(held, failed, isExplained);
    }

    /**
     * Tasks cannot be brought to the worker that was to have them, which is of no use any more: they are taken out, and its
     * end is the fault of nobody in its hands.
     */
    public List<Task> discard(long process, Collection<Long> taskIds) {
        retire(process);
        InFlight hand = hands.ifAtWork(process);
        if (hand == null) {
            return List.of();
        }
        List<QueuedTask> discarded = remove(hand, taskIds);
        discarded.forEach(waiting::leave);
        return discarded.stream().map(entry -> entry.task).toList();
    }

    /** A worker gave tasks back that it had not started. */
    public Loss returned(long process, Collection<Long> taskIds) {
        InFlight hand = hands.ifAtWork(process);
        if (hand == null) {
            return Loss.NONE;
        }
        hand.isGivingBack = false;
        return putBack(remove(hand, taskIds), List.of(), false);
    }

    private List<QueuedTask> remove(InFlight hand, Collection<Long> taskIds) {
        List<QueuedTask> removed = new ArrayList<>();
        for (long taskId : taskIds) {
            QueuedTask entry = hand.remove(taskId, now);
            if (entry != null) {
                removed.add(entry);
            }
        }
        return removed;
    }

    /**
     * To be asked at intervals: what hands should give back, since the first of their tasks takes long while others
     * could do the rest, or since one has waited too long for its start; all but that first one.
     */
    public Map<Long, List<Long>> revocations() {
        return hands.stuck(!waiting.isEmpty(), now);
    }

    /** Takes back the tasks of some callers. */
    public Cancellation cancel(Set<OutcomeSink> sinks) {
        return new Cancellation(waiting.removeAllOf(sinks), hands.cancel(sinks, now));
    }

    /** Takes out all that waits. */
    public List<Task> drainQueue() {
        return waiting.removeAll();
    }

    /** How many workers have something to run. */
    public int handsAtWork() {
        return hands.atWork();
    }

    public boolean isEmpty() {
        return waiting.isEmpty() && waiting.hasNobodyResting() && hands.areEmpty();
    }

    /** To the front, in their order; but what nobody wants any more is dropped. */
    private Loss putBack(List<QueuedTask> entries, List<CrashAttribution.GivenUp> failed, boolean isExplained) {
        List<Task> requeued = new ArrayList<>();
        List<Task> dropped = new ArrayList<>();
        for (QueuedTask entry : entries) {
            (entry.cancelled ? dropped : requeued).add(entry.task);
        }
        for (int i = entries.size() - 1; i >= 0; i--) {
            QueuedTask entry = entries.get(i);
            if (entry.cancelled) {
                waiting.leave(entry);
            } else {
                waiting.addFirst(entry);
            }
        }
        return new Loss(requeued, failed, dropped, isExplained);
    }
}
