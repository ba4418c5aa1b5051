package dev.pipelinebox.internal.remote;

import akka.actor.typed.ActorRef;
import dev.pipelinebox.internal.hosts.HostId;
import dev.pipelinebox.internal.launch.blob.transfer.UploadLimit;
import dev.pipelinebox.internal.link.host.HostFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The sessions with the hosts that the table has taken in, which of them are sent code, and who waits for their drain. */
final class Members {

    private final Map<HostId, Member> all = new HashMap<>();
    private final UploadLimit<HostId> uploads = new UploadLimit<>(UploadLimit.DEFAULT);
    private final Map<HostId, List<CompletableFuture<Void>>> draining = new HashMap<>();

    /** One host. */
    static final class Member {

        private final ActorRef<HostSession.Command> session;
        private final ActorRef<HostFrame> peer;
        private final String serial;
        private Duration roundTrip = Duration.ZERO;

        /**
         * A host that has just joined.
         *
         * @param session with it
         * @param peer its end of the link
         * @param serial the number of its certificate
         */
        Member(ActorRef<HostSession.Command> session, ActorRef<HostFrame> peer, String serial) {
            this.session = session;
            this.peer = peer;
            this.serial = serial;
        }

        ActorRef<HostSession.Command> session() {
            return session;
        }

        ActorRef<HostFrame> peer() {
            return peer;
        }

        String serial() {
            return serial;
        }

        void roundTrip(Duration measured) {
            roundTrip = measured;
        }
    }

    void add(HostId host, Member member) {
        all.put(host, member);
    }

    Optional<Member> find(HostId host) {
        return Optional.ofNullable(all.get(host));
    }

    /** It is gone: its upload has ended, and its drain is not awaited any longer. */
    Optional<Member> remove(HostId host) {
        endUpload(host);
        onDrained(host);
        return Optional.ofNullable(all.remove(host));
    }

    Map<HostId, Duration> roundTrips() {
        Map<HostId, Duration> roundTrips = new HashMap<>();
        all.forEach((host, member) -> roundTrips.put(host, member.roundTrip));
        return roundTrips;
    }

    /** It lacks code, and is sent it as soon as few enough others are. */
    void askUpload(HostId host) {
        if (uploads.begin(host)) {
            allowUpload(host);
        }
    }

    void endUpload(HostId host) {
        uploads.end(host).ifPresent(this::allowUpload);
    }

    private void allowUpload(HostId host) {
        find(host).ifPresent(member -> member.session().tell(HostSession.Command.UploadAllowed.NOW));
    }

    void awaitDrain(HostId host, CompletableFuture<Void> drained) {
        draining.computeIfAbsent(host, first -> new ArrayList<>()).add(drained);
    }

    void onDrained(HostId host) {
        waitersOf(host).forEach(drained -> drained.complete(null));
    }

    void onResumed(HostId host) {
        waitersOf(host).forEach(drained -> drained.cancel(false));
    }

    private List<CompletableFuture<Void>> waitersOf(HostId host) {
        List<CompletableFuture<Void>> waiters = draining.remove(host);
        return waiters == null ? List.of() : waiters;
    }
}
