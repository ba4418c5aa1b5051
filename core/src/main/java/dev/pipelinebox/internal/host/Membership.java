package dev.pipelinebox.internal.host;

import akka.actor.typed.ActorRef;
import dev.pipelinebox.internal.hosts.FurthestClock;
import dev.pipelinebox.internal.hosts.RunLease;
import dev.pipelinebox.internal.link.host.HostFrame;
import dev.pipelinebox.internal.link.host.MasterToHost;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What a master has let this host in with: the lease, by which its workers may run. Used by one actor. */
final class Membership {

    private final ActorRef<HostFrame> master;
    private final MasterToHost.ProcessOptions defaults;
    private final FurthestClock clock = new FurthestClock(System.nanoTime(), wallNanos());
    private final RunLease lease;
    private long requestedAt;
    private long lastRequest;
    private long roundTrip;

    Membership(ActorRef<HostFrame> master, MasterToHost.Welcome welcome) {
        this.master = master;
        this.defaults = welcome.defaults();
        this.lease = new RunLease(Duration.ofMillis(welcome.hostLeaseMillis()));
    }

    private static long wallNanos() {
        return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    }

    private long now() {
        return clock.now(System.nanoTime(), wallNanos());
    }

    /** How workers are started where their options say nothing else. */
    MasterToHost.ProcessOptions defaults() {
        return defaults;
    }

    /** Asks for the lease. */
    void request() {
        requestedAt = System.nanoTime();
        lastRequest = lease.request(now());
        master.tell(new HostFrame.LeaseRequest(lastRequest, lease.lastAnswered(), roundTrip));
    }

    /** The master has granted it. */
    void onGrant(long number) {
        lease.onAnswer(number);
        if (number == lastRequest) {
            roundTrip = System.nanoTime() - requestedAt;
        }
    }

    /** Whether the workers may not run any more. */
    boolean hasExpired() {
        return lease.hasExpired(now());
    }
}
