package dev.pipelinebox.internal.master;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.api.WorkerStartException;
import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import dev.pipelinebox.internal.bootstrap.OneTimeToken;
import dev.pipelinebox.internal.launch.WorkerProcess;
import dev.pipelinebox.internal.launch.WorkerStarter;
import dev.pipelinebox.internal.link.LinkEvent;
import dev.pipelinebox.internal.link.MasterLink;
import dev.pipelinebox.internal.link.artery.ArteryMasterLink;
import dev.pipelinebox.internal.link.relay.EitherMasterLink;
import dev.pipelinebox.internal.link.socket.SocketServer;
import dev.pipelinebox.internal.remote.RemoteHosts;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Starts worker processes and makes the master's ends of their links.
 *
 * @param starter starts the processes
 * @param sockets where they connect; if empty, they are reached by Artery
 * @param hosts where processes can run, too; if empty, all run on this machine
 * @param cluster starts the cluster that they join; if empty, the actor system of the master is a member of it
 */
public record ProcessFactory(
        WorkerStarter starter,
        Optional<SocketServer> sockets,
        Optional<RemoteHosts> hosts,
        Optional<ClusterLauncher> cluster) {

    /** The processes of a master whose actor system is a member of their cluster. */
    public static ProcessFactory of(
            WorkerStarter starter, Optional<SocketServer> sockets, Optional<RemoteHosts> hosts) {
        return new ProcessFactory(starter, sockets, hosts, Optional.empty());
    }

    /** The same processes in a cluster that is started when it is needed. */
    public ProcessFactory inClusterOf(ClusterLauncher launcher) {
        return new ProcessFactory(starter, sockets, hosts, Optional.of(launcher));
    }

    /** The first actor of the part that keeps the members of the cluster. */
    Behavior<ClusterCommand> membership(ClusterSpec spec) {
        return cluster.map(launcher -> ClusterStarter.create(launcher, spec))
                .orElseGet(() -> ClusterMembership.create(spec));
    }

    /** The link to a process; what arrives comes to the actor as messages that the wrapper makes of it. */
    <C> MasterLink link(
            ActorContext<C> context,
            Function<LinkEvent, C> wrapper,
            long process,
            OneTimeToken token,
            ArteryMasterLink.Listener listener) {
        Predicate<String> isToken = shown -> token.matches(new OneTimeToken(shown));
        ActorRef<C> self = context.getSelf();
        Consumer<LinkEvent> mailbox = event -> self.tell(wrapper.apply(event));
        MasterLink local = sockets.<MasterLink>map(server -> server.link(process, isToken, mailbox, listener))
                .orElseGet(() -> new ArteryMasterLink(context, wrapper, isToken, listener));
        return hosts.<MasterLink>map(all -> all.link(process, local, isToken, mailbox, listener))
                .orElse(local);
    }

    /** The master's end of the link if that is Artery's, as a worker is told it. */
    static String address(MasterLink link) {
        MasterLink local = link instanceof EitherMasterLink either ? either.local() : link;
        return local instanceof ArteryMasterLink artery ? artery.address() : "";
    }

    /** Starts a process; the stage fails with {@link WorkerStartException} if there can be none. */
    CompletionStage<WorkerProcess> start(Bootstrap bootstrap, WorkerOptions options, MasterLink link) {
        return hosts.isPresent() && link instanceof EitherMasterLink either
                ? hosts.get().start(bootstrap, options, either, () -> startHere(bootstrap, options))
                : startHere(bootstrap, options);
    }

    /** A process is not needed any more; one that waits for a host is given up. */
    void cancel(long process) {
        hosts.ifPresent(all -> all.cancel(process));
    }

    /** The worker of a process was built. */
    void onBuilt(long process) {
        hosts.ifPresent(all -> all.onBuilt(process));
    }

    /** A process is gone, or will never be started. */
    void onGone(long process, Optional<WorkerStartException> startFailure) {
        hosts.ifPresent(all -> all.onGone(process, startFailure.map(Throwable::getMessage)));
    }

    private CompletionStage<WorkerProcess> startHere(Bootstrap bootstrap, WorkerOptions options) {
        if (sockets.isEmpty()) {
            return starter.start(bootstrap, options);
        }
        try {
            return starter.start(bootstrap.connectingIn(sockets.get().directory()), options);
        } catch (IOException unwritable) {
            return CompletableFuture.failedStage(new WorkerStartException(
                    "The directory of the socket for workers was removed, and no other can be made: "
                            + unwritable.getMessage(),
                    unwritable));
        }
    }
}
