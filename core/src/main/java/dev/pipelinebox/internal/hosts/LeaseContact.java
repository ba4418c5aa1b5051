package dev.pipelinebox.internal.hosts;

import dev.pipelinebox.api.PoolEvent.HostSilent.Direction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What the master knows of the way to one host and back, by the requests for its lease. */
final class LeaseContact {

    /** A host that hears no answer for longer has no lease any more. */
    private static final int MOST_REQUESTS = 1000;

    private final Deque<Request> unconfirmed = new ArrayDeque<>();
    private long heardAt;
    private long confirmedAt;
    private boolean isConfirmed;

    private record Request(long number, long receivedAt) {}

    LeaseContact(long now) {
        restart(now);
    }

    /** The silence until now does not count. */
    void restart(long now) {
        heardAt = now;
        confirmedAt = now;
    }

    /** A request that is answered now. */
    void onRequest(long number, long lastAnswered, long now) {
        heardAt = now;
        while (!unconfirmed.isEmpty() && unconfirmed.getFirst().number() <= lastAnswered) {
            confirmedAt = Math.max(confirmedAt, unconfirmed.removeFirst().receivedAt());
            isConfirmed = true;
        }
        unconfirmed.addLast(new Request(number, now));
        if (unconfirmed.size() > MOST_REQUESTS) {
            unconfirmed.removeFirst();
        }
    }

    /** Whether an answer has reached the host, so that both ways work. */
    boolean isConfirmed() {
        return isConfirmed;
    }

    /** Nanoseconds without a word from the host. */
    long silence(long now) {
        return now - heardAt;
    }

    /** Nanoseconds without a word in that direction. */
    long silence(Direction direction, long now) {
        return direction == Direction.FROM_HOST ? silence(now) : now - confirmedAt;
    }

    /** Which direction has been silent for so long. */
    Optional<Direction> silent(long nanos, long now) {
        return silence(now) >= nanos
                ? Optional.of(Direction.FROM_HOST)
                : Optional.of(Direction.TO_HOST).filter(direction -> silence(direction, now) >= nanos);
    }
}
