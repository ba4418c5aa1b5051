package dev.pipelinebox.internal.schedule;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Assigns queued tasks to processes, in the order of the queue: to the emptiest processes first, and to each no more than its
 * share of what others could run as well, so that no worker holds tasks while another one is idle. Not thread-safe.
 */
final class Assigner {

    private final Backlog backlog;
    private final InFlightIndex index;

    Assigner(Backlog backlog, InFlightIndex index) {
        this.backlog = backlog;
        this.index = index;
    }

    /** The new leases. */
    List<Lease> assign(long now) {
        List<InFlight> changed = index.refresh(backlog::keysOf);
        int open = index.count();
        if (backlog.isEmpty() || open == 0) {
            return List.of();
        }
        int share = Math.max(1, (backlog.shareable() + open - 1) / open);
        List<Lease> leases = new ArrayList<>();
        Iterator<InFlight> withRoom = index.withRoom().iterator();
        while (backlog.shareable() > 0 && withRoom.hasNext()) {
            fill(withRoom.next(), share, now, leases);
        }
        if (backlog.shareable() == 0) {
            changed.forEach(inFlight -> fill(inFlight, share, now, leases));
        }
        backlog.endAssignment();
        return leases;
    }

    private void fill(InFlight inFlight, int share, long now, List<Lease> leases) {
        int shared = 0;
        QueuedBatch next = backlog.firstFor(inFlight.slot, false);
        int room = next == null ? 0 : inFlight.room(next);
        while (next != null && room > 0) {
            boolean isShareable = backlog.isShareable(next);
            int most = isShareable ? Math.min(room, share - shared) : 1;
            QueuedBatch taken = backlog.removeFirst(next, inFlight.slot, most);
            shared += isShareable ? taken.count() : 0;
            leases.add(inFlight.add(taken, now));
            index.mayHaveChanged(inFlight);
            next = backlog.firstFor(inFlight.slot, shared >= share);
            room = next == null ? 0 : inFlight.room(next);
        }
        if (next != null && backlog.shareable() > 0) {
            index.mayHaveChanged(inFlight);
        }
        backlog.endBatch();
    }
}
