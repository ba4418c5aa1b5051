package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.internal.task.Demand;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one worker process holds, as the {@link Scheduler} keeps it. The first is the one that runs. Outcomes come in the
 * order of handing out, or nearly so, so a task is looked for from the first on. Not thread-safe.
 */
final class InFlight {

    /** Why the process is being killed. */
    record Sentence(QueuedTask guilty, TimeoutAction.Limit limit) {}

    final long process;
    final int place;
    private final Deque<QueuedTask> entries = new ArrayDeque<>();
    private Demand demand;
    private long bytes;
    /** Since when the first of the entries is the first. */
    private long firstSince;
    /** How often it was looked at since it last brought an outcome. */
    private int quietLooks;

    /** Which it is of all hands, by the time when they were added. */
    long arrival;
    /** What the {@link InFlightIndex} knows of it. */
    boolean mayHaveChanged;

    int counted;
    boolean isCountedOpen;
    InFlightIndex.@Nullable Rank rank;

    boolean isGivingBack;
    /** Gets no more tasks. */
    boolean isClosed;
    /** Its process has ended or is about to, so nothing has to be done about it. */
    boolean isEnding;
    /** Was asked to stop, so its end is nobody's fault. */
    boolean isRetired;
    /** Took its master for gone, so its end is nobody's fault, though nobody knows how far a task has come. */
    boolean isForsaken;

    @Nullable
    Sentence sentence;

    InFlight(long process, int place, Demand demand) {
        this.process = process;
        this.place = place;
        this.demand = demand;
    }

    void demand(Demand wanted) {
        demand = wanted;
    }

    boolean wants(QueuedTask entry) {
        if (isClosed) {
            return false;
        }
        QueuedTask first = first();
        return first == null
                || (!entry.travelsAlone()
                        && !first.travelsAlone()
                        && entries.size() < demand.tasks()
                        && bytes + entry.task.size() <= demand.bytes());
    }

    /** Tells whether there is a task that it would want. */
    boolean hasRoom() {
        QueuedTask first = first();
        return !isClosed
                && (first == null
                        || (entries.size() < demand.tasks() && bytes <= demand.bytes() && !first.travelsAlone()));
    }

    void put(QueuedTask entry, long now) {
        if (entries.isEmpty()) {
            quietLooks = 0;
            firstSince = now;
        }
        entries.addLast(entry);
        bytes += entry.task.size();
        entry.onHandedOut();
    }

    /** A task, if it is here in this attempt. */
    @Nullable
    QueuedTask held(long taskId, int attempt) {
        QueuedTask entry = find(taskId);
        return entry != null && entry.attempt == attempt ? entry : null;
    }

    private @Nullable QueuedTask find(long taskId) {
        QueuedTask first = first();
        if (first == null || first.task.id() == taskId) {
            return first;
        }
        for (QueuedTask entry : entries) {
            if (entry.task.id() == taskId) {
                return entry;
            }
        }
        return null;
    }

    /** An outcome has come, so the hand is not stuck. */
    void finish(QueuedTask entry, long now) {
        remove(entry, now);
        quietLooks = 0;
    }

    @Nullable
    QueuedTask remove(long taskId, long now) {
        QueuedTask entry = find(taskId);
        if (entry != null) {
            remove(entry, now);
        }
        return entry;
    }

    private void remove(QueuedTask entry, long now) {
        bytes -= entry.task.size();
        firstSince = entry == first() ? now : firstSince;
        entries.removeFirstOccurrence(entry);
    }

    @Nullable
    QueuedTask first() {
        return entries.peekFirst();
    }

    long firstSince() {
        return firstSince;
    }

    List<QueuedTask> entries() {
        return List.copyOf(entries);
    }

    int size() {
        return entries.size();
    }

    /** Counts this look and tells whether there were too many since the last outcome, with more than one task held. */
    boolean isStuckAfterAnotherLook(int mostQuietLooks) {
        return ++quietLooks > mostQuietLooks && entries.size() > 1;
    }

    /** Tells whether one that has not been started has waited for too long. */
    boolean holdsExpired(long now) {
        return entries.stream().skip(1).anyMatch(entry -> entry.hasWaitedTooLong(now));
    }

    /** Takes back all but the one that runs; no more is asked for until the worker does so by itself. */
    List<Long> revokeAllButFirst() {
        isGivingBack = true;
        demand = new Demand(1, demand.bytes());
        return entries.stream().skip(1).map(entry -> entry.task.id()).toList();
    }

    /** Takes back all; the worker keeps what it has started. */
    List<Long> revokeAll() {
        isGivingBack = !entries.isEmpty();
        return entries.stream().map(entry -> entry.task.id()).toList();
    }
}
