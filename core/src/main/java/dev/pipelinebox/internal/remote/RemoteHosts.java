package dev.pipelinebox.internal.remote;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.cluster.typed.Cluster;
import dev.pipelinebox.api.HostHandle;
import dev.pipelinebox.api.HostState;
import dev.pipelinebox.api.Hosts;
import dev.pipelinebox.api.InvalidKeysException;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.cluster.HostsSystem;
import dev.pipelinebox.internal.cluster.tls.Invitation;
import dev.pipelinebox.internal.cluster.tls.MasterKeys;
import dev.pipelinebox.internal.launch.WorkerProcess;
import dev.pipelinebox.internal.link.LinkEvent;
import dev.pipelinebox.internal.link.MasterLink;
import dev.pipelinebox.internal.link.artery.ArteryMasterLink;
import dev.pipelinebox.internal.link.relay.EitherMasterLink;
import dev.pipelinebox.internal.link.relay.RelayedMasterLink;
import dev.pipelinebox.internal.os.TimeLimits;
import dev.pipelinebox.internal.task.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The hosts of a master, and its own machine among them. Thread-safe; closed by the master after the last of its workers is gone. */
public final class RemoteHosts implements AutoCloseable {

    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final ActorSystem<Object> system;
    private final ActorRef<HostsCommand> actor;
    private final SharedView view;
    private final OutputWriter output;
    private final Runnable onClose;

    private RemoteHosts(ActorSystem<Object> system, SharedView view, OutputWriter output, Runnable onClose) {
        this.system = system;
        this.actor = system.narrow();
        this.view = view;
        this.output = output;
        this.onClose = onClose;
    }

    /**
     * Listens for hosts.
     *
     * @param onClose is run when all hosts are told that they are not needed any more
     * @throws InvalidKeysException if the keys cannot be used, or the invitation cannot be written
     * @throws IllegalStateException if the port cannot be had
     */
    public static RemoteHosts listen(Hosts.Listener listener, HostsSetup setup, Runnable onClose) {
        MasterKeys keys = MasterKeys.of(listener.keys());
        SharedView view = new SharedView();
        ActorSystem<Object> system =
                start(HostsActor.create(setup.withRevoker(keys::revoke), view::set), listener, keys);
        try {
            listener.invitationFile().ifPresent(file -> invite(system, keys).write(file));
            return new RemoteHosts(system, view, setup.output(), onClose);
        } catch (RuntimeException uninvited) {
            system.terminate();
            throw uninvited;
        }
    }

    private static ActorSystem<Object> start(Behavior<Object> guardian, Hosts.Listener listener, MasterKeys keys) {
        try {
            return HostsSystem.startMaster(guardian, MasterPlace.of(listener), keys, refusal -> {});
        } catch (RuntimeException unbound) {
            throw new IllegalStateException(
                    "Hosts cannot join at " + listener.bind() + " (" + unbound.getMessage()
                            + "); give an address of this machine and a port that no other program has",
                    unbound);
        }
    }

    private static Invitation invite(ActorSystem<Object> system, MasterKeys keys) {
        Address address = Cluster.get(system).selfMember().address();
        String master = address.host().get() + ":" + address.getPort().get();
        return keys.invite("file", MasterKeys.USUAL_LIFE, Optional.of(master));
    }

    /**
     * The master's end of the link to a process, wherever that will run.
     *
     * @param process its number among all that the master started
     * @param local the end for a process on this machine
     * @param mailbox takes events, from another thread, for the link
     */
    public EitherMasterLink link(
            long process,
            MasterLink local,
            Predicate<String> token,
            Consumer<? super LinkEvent> mailbox,
            ArteryMasterLink.Listener listener) {
        return new EitherMasterLink(
                local, new RelayedMasterLink(system, "worker-" + process, token, mailbox, listener));
    }

    /**
     * Starts a worker where there is room for it.
     *
     * @param link of the worker
     * @param local starts it on this machine
     */
    public CompletionStage<WorkerProcess> start(
            Bootstrap bootstrap,
            WorkerOptions options,
            EitherMasterLink link,
            Supplier<CompletionStage<WorkerProcess>> local) {
        CompletableFuture<WorkerProcess> started = new CompletableFuture<>();
        link.relayAddress()
                .thenAccept(address -> actor.tell(
                        new HostsCommand.Start(new StartRequest(bootstrap, options, address, local, started))));
        return started;
    }

    /** A worker that still waits for a host is given up. */
    public void cancel(long process) {
        actor.tell(new HostsCommand.Cancel(process));
    }

    /** The worker of a process was built. */
    public void onBuilt(long process) {
        actor.tell(new HostsCommand.Built(process));
    }

    /** A process is gone, or will never be started; with why its worker could not be built, if it was not. */
    public void onGone(long process, Optional<String> startFailure) {
        actor.tell(new HostsCommand.Gone(process, startFailure));
    }

    /**
     * Waits until so many hosts beside this machine can run workers.
     *
     * @throws NoWorkerException if that is not so in time, or this thread is interrupted
     */
    public void await(int hosts, Duration patience) {
        if (!view.await(seen -> joined(seen) >= hosts, patience)) {
            throw new NoWorkerException("Only " + joined(view.get()) + " of " + hosts + " hosts joined within "
                    + Durations.shown(patience) + "; start more of them, or give Hosts.atLeast fewer or more time");
        }
    }

    private static long joined(HostsView seen) {
        return seen.hosts().stream()
                .filter(host -> !host.id().name().equals(HostHandle.LOCAL))
                .filter(host -> host.state() == HostState.SUITABLE)
                .count();
    }

    /** All that there are, with the master's own machine if that is one. */
    public List<HostHandle> handles() {
        return view.get().hosts().stream()
                .<HostHandle>map(status -> new ViewedHost(status, view, actor))
                .toList();
    }

    /** Ends the hosts' workers and tells the hosts. */
    @Override
    public void close() {
        system.terminate();
        TimeLimits.complete(system.getWhenTerminated().toCompletableFuture().thenAccept(done -> {}), null, LONGEST_END)
                .join();
        output.close();
        onClose.run();
    }
}
