package dev.pipelinebox.internal.remote;

import akka.actor.typed.ActorRef;
import dev.pipelinebox.internal.hosts.HostId;
import dev.pipelinebox.internal.link.host.HostFrame;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The messages of {@link HostsActor}, beside {@link HostFrame.Contact}, which comes from hosts that are not known yet. */
sealed interface HostsCommand {

    /** Starts a worker, as soon as there is room for it. */
    record Start(StartRequest request) implements HostsCommand {}

    /** A worker that waits is not needed any more. */
    record Cancel(long process) implements HostsCommand {}

    /** The worker of a process was built. */
    record Built(long process) implements HostsCommand {}

    /** A process is gone; with why its worker could not be built, if it was not. */
    record Gone(long process, Optional<String> startFailure) implements HostsCommand {}

    /** A host asks for its lease. */
    record LeaseAsked(HostId host, HostFrame.LeaseRequest request, ActorRef<HostFrame> replyTo)
            implements HostsCommand {}

    /** A host leaves; its workers have ended. */
    record Goodbye(HostId host) implements HostsCommand {}

    /** A host gets no more workers, and those that it has end. */
    record DrainAsked(HostId host, CompletableFuture<Void> drained) implements HostsCommand {}

    /** A host is put out for good. */
    record RevokeAsked(HostId host) implements HostsCommand {}

    /** A host gets workers again. */
    record ResumeAsked(HostId host) implements HostsCommand {}

    /** A host lacks code, and wants to be sent it. */
    record UploadAsked(HostId host) implements HostsCommand {}

    /** A host has all code, of which so much was sent. */
    record CodeReady(HostId host, long sentBytes, Duration took) implements HostsCommand {}

    /** A host cannot run workers of this master; with an empty reason it can again. */
    record Suitability(HostId host, String reason) implements HostsCommand {}

    /** Time to look for silent hosts, and at workers that wait. */
    enum Tick implements HostsCommand {
        NOW
    }
}
