package dev.pipelinebox.internal.remote;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.pipelinebox.api.WorkerStartException;
import dev.pipelinebox.internal.hosts.HostId;
import dev.pipelinebox.internal.launch.blob.transfer.BlobSender;
import dev.pipelinebox.internal.launch.blob.transfer.BlobsLacking;
import dev.pipelinebox.internal.launch.blob.transfer.FromBlobReceiver;
import dev.pipelinebox.internal.launch.blob.transfer.FromBlobSender;
import dev.pipelinebox.internal.link.host.HostFrame;
import dev.pipelinebox.internal.link.host.HostLink;
import dev.pipelinebox.internal.link.host.HostToMaster;
import dev.pipelinebox.internal.link.host.MasterToHost;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The master's session with one host: sends it the code, and starts workers there. It decides nothing about the host. */
final class HostSession extends AbstractBehavior<HostSession.Command> {

    private static final Duration TICK = Duration.ofMillis(100);

    /** A message without a piece of code. */
    private static final int SMALL = 512;

    /** What fits into one frame. */
    private static final int LARGEST_BOOTSTRAP = 384 << 10;

    /** What it is told. */
    sealed interface Command {

        /** Something for the host. */
        record Send(MasterToHost message) implements Command {}

        /** A worker to start on the host. */
        record Launch(StartRequest request, MasterToHost.ProcessOptions options) implements Command {}

        /** From the host. */
        record Arrived(HostFrame frame) implements Command {}

        /** The host may be sent the code now. */
        enum UploadAllowed implements Command {
            NOW
        }

        /** The host is gone, and with it its workers. */
        record HostGone(String cause) implements Command {}

        /** Time to send again what was lost. */
        enum Tick implements Command {
            NOW
        }
    }

    private final ActorRef<HostsCommand> hosts;
    private final HostId host;
    private final HostsSetup setup;
    private final HostLink<MasterToHost, HostToMaster, HostFrame.ToHost> link = HostLink.ofMaster();
    private final ActorRef<HostFrame> peer;
    private final BlobSender sender;
    private final long begin = System.nanoTime();
    private final Map<Long, StartRequest> starting = new HashMap<>();
    private final Map<Long, RemoteProcess> running = new HashMap<>();
    private @Nullable BlobsLacking lacking;
    private boolean mayUpload;
    private boolean isHostGone;

    private HostSession(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            ActorRef<HostsCommand> hosts,
            HostId host,
            HostFrame.Contact contact,
            HostsSetup setup) {
        super(context);
        this.hosts = hosts;
        this.host = host;
        this.setup = setup;
        this.sender = new BlobSender(setup.code().manifest(), setup.code()::read);
        ActorRefResolver resolver = ActorRefResolver.get(context.getSystem());
        this.peer = resolver.resolveActorRef(contact.address());
        String address = resolver.toSerializationFormat(context.messageAdapter(HostFrame.class, Command.Arrived::new));
        link.open(peer);
        send(setup.welcome(address));
        send(new MasterToHost.Code(setup.code().manifest(), setup.jvmArguments()));
        timers.startTimerWithFixedDelay(Command.Tick.NOW, TICK);
    }

    /** Welcomes a host that the table has taken in. */
    static Behavior<Command> create(
            ActorRef<HostsCommand> hosts, HostId host, HostFrame.Contact contact, HostsSetup setup) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new HostSession(context, timers, hosts, host, contact, setup)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Command.Send.class, this::onSend)
                .onMessage(Command.Launch.class, this::onLaunch)
                .onMessage(Command.Arrived.class, this::onArrived)
                .onMessage(Command.UploadAllowed.class, allowed -> onUploadAllowed())
                .onMessage(Command.HostGone.class, this::onHostGone)
                .onMessage(Command.Tick.class, tick -> onTick())
                .onSignal(PostStop.class, stopped -> onPostStop())
                .build();
    }

    private Behavior<Command> onSend(Command.Send send) {
        send(send.message());
        return this;
    }

    private void send(MasterToHost message) {
        link.send(message, SMALL);
    }

    private Behavior<Command> onLaunch(Command.Launch launch) {
        StartRequest request = launch.request();
        byte[] bootstrap =
                request.bootstrap().relayedFrom(request.relayAddress()).json();
        if (bootstrap.length > LARGEST_BOOTSTRAP) {
            request.started()
                    .completeExceptionally(new WorkerStartException("The parameters of the worker take "
                            + (bootstrap.length >> 10) + " KiB, and a worker on another machine can be told "
                            + (LARGEST_BOOTSTRAP >> 10)
                            + " KiB; give it a name or an address by which it gets the rest"));
            return this;
        }
        starting.put(request.process(), request);
        link.send(new MasterToHost.Launch(request.process(), bootstrap, launch.options()), bootstrap.length);
        return this;
    }

    private Behavior<Command> onArrived(Command.Arrived arrived) {
        if (arrived.frame() instanceof HostFrame.LeaseRequest request) {
            hosts.tell(new HostsCommand.LeaseAsked(host, request, peer));
        } else if (arrived.frame() instanceof HostFrame.ToMaster frame) {
            link.receive(frame.seq(), frame.ack(), frame.body()).ifPresent(this::onMessage);
            link.afterReceived(SMALL);
        }
        return this;
    }

    private void onMessage(HostToMaster message) {
        if (message instanceof HostToMaster.FromBlobs blobs) {
            onBlobs(blobs.message());
        } else if (message instanceof HostToMaster.CodeReady) {
            hosts.tell(new HostsCommand.CodeReady(host, sender.sentBytes(), elapsed()));
        } else if (message instanceof HostToMaster.Unsuitable unsuitable) {
            hosts.tell(new HostsCommand.Suitability(host, unsuitable.reason()));
        } else if (message instanceof HostToMaster.Printed printed) {
            setup.output().write(printed.toErr(), printed.bytes());
        } else if (message instanceof HostToMaster.Leaving) {
            hosts.tell(new HostsCommand.DrainAsked(host, new CompletableFuture<>()));
        } else if (message instanceof HostToMaster.Goodbye) {
            hosts.tell(new HostsCommand.Goodbye(host));
        } else {
            onProcess(message);
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private void onProcess(HostToMaster message) {
        if (message instanceof HostToMaster.Launched launched) {
            onLaunched(launched);
        } else if (message instanceof HostToMaster.NotLaunched not) {
            StartRequest request = starting.remove(not.process());
            if (request != null) {
                request.started().completeExceptionally(new WorkerStartException(not.why()));
            }
        } else if (message instanceof HostToMaster.Ended ended) {
            RemoteProcess process = running.get(ended.process());
            if (process != null) {
                process.ended();
            }
        } else if (message instanceof HostToMaster.Exited exited) {
            RemoteProcess process = running.remove(exited.process());
            if (process != null) {
                process.exited(exited.exit().withHost(host.name()));
            }
        }
    }

    private void onLaunched(HostToMaster.Launched launched) {
        StartRequest request = starting.remove(launched.process());
        if (request != null) {
            RemoteProcess process = new RemoteProcess(
                    launched.process(),
                    launched.pid(),
                    host.name(),
                    getContext().getSelf());
            running.put(launched.process(), process);
            request.started().complete(process);
        }
    }

    /** Only so many hosts are sent code at a time. */
    private void onBlobs(FromBlobReceiver message) {
        if (message instanceof BlobsLacking first && !mayUpload) {
            lacking = first;
            hosts.tell(new HostsCommand.UploadAsked(host));
        } else {
            sender.on(message).forEach(this::sendBlobs);
            sender.failure().ifPresent(why -> hosts.tell(new HostsCommand.Suitability(host, why)));
        }
    }

    private Behavior<Command> onUploadAllowed() {
        mayUpload = true;
        if (lacking != null) {
            sender.on(lacking).forEach(this::sendBlobs);
            lacking = null;
        }
        return this;
    }

    private void sendBlobs(FromBlobSender message) {
        link.send(new MasterToHost.ToBlobs(message), SMALL + BlobSender.PIECE_BYTES);
    }

    private Behavior<Command> onTick() {
        link.onTick();
        return this;
    }

    /** A host that has said goodbye waits until that is acknowledged. */
    private Behavior<Command> onHostGone(Command.HostGone gone) {
        isHostGone = true;
        link.onTick();
        endAll(gone.cause());
        return Behaviors.stopped();
    }

    private Behavior<Command> onPostStop() {
        if (!isHostGone) {
            send(new MasterToHost.Leave("the master has ended"));
        }
        endAll("the master has ended");
        return this;
    }

    private void endAll(String cause) {
        starting.values()
                .forEach(request -> request.started()
                        .completeExceptionally(new WorkerStartException(
                                "Host " + host.name() + " was lost while a worker was starting on it: " + cause)));
        starting.clear();
        running.values().forEach(process -> process.lost(cause));
        running.clear();
    }
}
