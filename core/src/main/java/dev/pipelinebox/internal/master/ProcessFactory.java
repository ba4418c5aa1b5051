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
import dev.pipelinebox.internal.link.socket.SocketServer;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Starts worker processes and makes the master's ends of their links.
 *
 * @param starter starts the processes
 * @param sockets where they connect; if empty, they are reached by Artery
 * @param cluster starts the cluster that they join; if empty, the actor system of the master is a member of it
 */
public record ProcessFactory(WorkerStarter starter, Optional<SocketServer> sockets, Optional<ClusterLauncher> cluster) {

    /** The processes of a master whose actor system is a member of their cluster. */
    public static ProcessFactory of(WorkerStarter starter, Optional<SocketServer> sockets) {
        return new ProcessFactory(starter, sockets, Optional.empty());
    }

    /** The same processes in a cluster that is started when it is needed. */
    public ProcessFactory inClusterOf(ClusterLauncher launcher) {
        return new ProcessFactory(starter, sockets, Optional.of(launcher));
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
        if (sockets.isEmpty()) {
            return new ArteryMasterLink(context, wrapper, isToken, listener);
        }
        ActorRef<C> self = context.getSelf();
        return sockets.get().link(process, isToken, event -> self.tell(wrapper.apply(event)), listener);
    }

    /** The master's end of the link if that is Artery's, as a worker is told it. */
    static String address(MasterLink link) {
        return link instanceof ArteryMasterLink artery ? artery.address() : "";
    }

    /** Starts a process; the stage fails with {@link WorkerStartException} if there can be none. */
    CompletionStage<WorkerProcess> start(Bootstrap bootstrap, WorkerOptions options) {
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
