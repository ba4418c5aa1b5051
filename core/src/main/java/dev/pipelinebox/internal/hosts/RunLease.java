package dev.pipelinebox.internal.hosts;

import dev.pipelinebox.internal.task.Durations;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The permission to run tasks, in a host or in a worker, which asks for it at intervals. A host asks the master, a worker
 * its host, which tells how old its own lease is. The lease lasts from sending the last request that was answered, less
 * that age. Once it has expired, it stays so. Pure state, not thread-safe; all times are in nanoseconds of one clock, that
 * of {@link FurthestClock}.
 */
public final class RunLease {

    private final long life;
    private final Deque<Request> pending = new ArrayDeque<>();
    private long lastNumber;
    private long lastAnswered;
    private long begin;
    private boolean hasBegun;
    private boolean hasExpired;

    private record Request(long number, long sentAt) {}

    /** There is none yet. */
    public RunLease(Duration life) {
        this.life = Durations.nanos(life);
    }

    /** Asks for it; returns the number of the request. */
    public long request(long now) {
        while (!pending.isEmpty() && now - pending.getFirst().sentAt() >= life) {
            pending.removeFirst();
        }
        pending.addLast(new Request(++lastNumber, now));
        return lastNumber;
    }

    /** The master has answered a host. */
    public void onAnswer(long number) {
        onAnswer(number, 0);
    }

    /** A host whose lease is so old has answered a worker. */
    public void onAnswer(long number, long age) {
        while (!pending.isEmpty() && pending.getFirst().number() <= number) {
            Request answered = pending.removeFirst();
            if (answered.number() == number) {
                renew(answered.sentAt() - age);
                lastAnswered = number;
            }
        }
    }

    private void renew(long from) {
        begin = hasBegun ? Math.max(begin, from) : from;
        hasBegun = true;
    }

    /** The number of the last request that was answered, which the next one tells; 0 if none was. */
    public long lastAnswered() {
        return lastAnswered;
    }

    /** Whether tasks may run. To be asked for at short intervals. */
    public boolean isValid(long now) {
        hasExpired |= hasBegun && age(now) >= life;
        return hasBegun && !hasExpired;
    }

    /** Whether there was one, and is none any more. */
    public boolean hasExpired(long now) {
        return !isValid(now) && hasBegun;
    }

    /** How long ago it began. */
    public long age(long now) {
        return now - begin;
    }
}
