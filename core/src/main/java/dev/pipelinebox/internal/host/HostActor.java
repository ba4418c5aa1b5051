package dev.pipelinebox.internal.host;

import akka.actor.ActorRef;
import akka.actor.ActorSelection;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import dev.pipelinebox.internal.launch.WorkerProcess;
import dev.pipelinebox.internal.launch.blob.transfer.FromBlobReceiver;
import dev.pipelinebox.internal.link.host.Hello;
import dev.pipelinebox.internal.link.host.HostFrame;
import dev.pipelinebox.internal.link.host.HostLink;
import dev.pipelinebox.internal.link.host.HostToMaster;
import dev.pipelinebox.internal.link.host.MasterToHost;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/** A host from its first words to the master until it is none any more; the first actor of its system. */
final class HostActor extends AbstractBehavior<Object> {

    private static final Duration CONTACT_AGAIN = Duration.ofMillis(500);
    private static final Duration LEASE_INTERVAL = Duration.ofSeconds(1);
    private static final Duration TICK = Duration.ofMillis(100);

    /** A message without much text. */
    private static final int SMALL = 512;

    private final TimerScheduler<Object> timers;
    private final HostSetup setup;
    private final CompletableFuture<HostEnd> end;
    private final HostLink<HostToMaster, MasterToHost, HostFrame.ToMaster> link = HostLink.ofHost();
    private final akka.actor.typed.ActorRef<HostFrame> ownEnd;
    private final HostFrame.Contact contact;
    private Optional<Membership> membership = Optional.empty();
    private Optional<HostWorkers> workers = Optional.empty();
    private Optional<ReceivedCode> code = Optional.empty();
    private final List<MasterToHost.Launch> early = new ArrayList<>();
    private String unsuitable = "";
    private boolean isLeaving;
    private boolean hasSaidGoodbye;

    private HostActor(
            ActorContext<Object> context,
            TimerScheduler<Object> timers,
            HostSetup setup,
            CompletableFuture<HostEnd> end) {
        super(context);
        this.timers = timers;
        this.setup = setup;
        this.end = end;
        this.ownEnd = context.messageAdapter(HostFrame.class, HostCommand.Arrived::new);
        this.contact = new HostFrame.Contact(
                ActorRefResolver.get(context.getSystem()).toSerializationFormat(ownEnd),
                new Hello(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE), setup.serial(), setup.facts()));
        Cluster.get(context.getSystem()).manager().tell(Join.create(setup.master()));
        timers.startTimerWithFixedDelay(HostCommand.ContactDue.NOW, Duration.ZERO, CONTACT_AGAIN);
        timers.startTimerWithFixedDelay(HostCommand.Tick.NOW, TICK);
    }

    /** Joins a master; the end is completed when this host is no member any more, and its workers are gone. */
    static Behavior<Object> create(HostSetup setup, CompletableFuture<HostEnd> end) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new HostActor(context, timers, setup, end)));
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(HostCommand.Arrived.class, this::onArrived)
                .onMessage(HostCommand.Launched.class, this::onLaunched)
                .onMessage(HostCommand.Ended.class, this::onEnded)
                .onMessage(HostCommand.Exited.class, this::onExited)
                .onMessage(HostCommand.Relayed.class, this::onRelayed)
                .onMessage(HostCommand.Broken.class, this::onBroken)
                .onMessage(HostCommand.Printed.class, this::onPrinted)
                .onMessage(HostCommand.DrainDue.class, this::onDrainDue)
                .onMessage(HostCommand.ContactDue.class, due -> onContactDue())
                .onMessage(HostCommand.LeaseDue.class, due -> onLeaseDue())
                .onMessage(HostCommand.Tick.class, tick -> onTick())
                .onSignal(PostStop.class, stopped -> onPostStop())
                .build();
    }

    private void send(HostToMaster message) {
        link.send(message, SMALL);
    }

    /** By its path, since no actor of the master's is known yet. */
    private Behavior<Object> onContactDue() {
        ActorSelection master = Adapter.toClassic(getContext().getSystem()).actorSelection(setup.master() + "/user");
        master.tell(contact, ActorRef.noSender());
        return this;
    }

    private Behavior<Object> onArrived(HostCommand.Arrived arrived) {
        if (arrived.frame() instanceof HostFrame.LeaseGrant grant) {
            membership.ifPresent(member -> member.onGrant(grant.number()));
        } else if (arrived.frame() instanceof HostFrame.ToHost frame) {
            Optional<MasterToHost> message = link.receive(frame.seq(), frame.ack(), frame.body());
            message.ifPresent(this::onMessage);
            link.afterReceived(SMALL);
        }
        return end.isDone() ? Behaviors.stopped() : this;
    }

    private void onMessage(MasterToHost message) {
        if (message instanceof MasterToHost.Welcome welcome) {
            onWelcome(welcome);
        } else if (message instanceof MasterToHost.Refused refused) {
            end.complete(new HostEnd.Refused(refused.why()));
        } else if (message instanceof MasterToHost.Leave leave) {
            end.complete(new HostEnd.Over(leave.reason()));
        } else if (message instanceof MasterToHost.Code sent) {
            onCode(sent);
        } else if (message instanceof MasterToHost.ToBlobs blobs) {
            code.ifPresent(received -> answer(received, received.on(blobs.message())));
        } else if (message instanceof MasterToHost.Launch launch) {
            onLaunch(launch);
        } else if (message instanceof MasterToHost.Assign assign) {
            workers.ifPresent(all -> all.assign(assign.process(), assign.index()));
        } else if (message instanceof MasterToHost.Kill kill) {
            workers.ifPresent(all -> all.kill(kill.process(), kill.reason()));
        }
    }

    private void onWelcome(MasterToHost.Welcome welcome) {
        timers.cancel(HostCommand.ContactDue.NOW);
        akka.actor.typed.ActorRef<HostFrame> master =
                ActorRefResolver.get(getContext().getSystem()).resolveActorRef(welcome.address());
        membership = Optional.of(new Membership(master, welcome));
        link.open(master);
        timers.startTimerWithFixedDelay(HostCommand.LeaseDue.NOW, Duration.ZERO, LEASE_INTERVAL);
        setup.onWelcome().accept(setup.facts().name());
    }

    private void onCode(MasterToHost.Code sent) {
        try {
            ReceivedCode received = new ReceivedCode(setup.store(), sent);
            code = Optional.of(received);
            answer(received, received.start());
        } catch (IOException unusable) {
            unsuitable(unusable);
        }
    }

    private void answer(ReceivedCode received, List<FromBlobReceiver> messages) {
        messages.forEach(message -> send(new HostToMaster.FromBlobs(message)));
        if (workers.isPresent() || !unsuitable.isEmpty()) {
            return;
        }
        if (received.isComplete()) {
            open(received);
        } else {
            received.failure().ifPresent(why -> unsuitable(new IOException(why)));
        }
    }

    private void open(ReceivedCode received) {
        try {
            workers = Optional.of(
                    HostWorkers.of(getContext(), setup, membership.orElseThrow().defaults(), received.workerCode()));
            send(new HostToMaster.CodeReady());
            launchEarly();
        } catch (IOException | RuntimeException unusable) {
            unsuitable(unusable);
        }
    }

    private void unsuitable(Exception why) {
        unsuitable = String.valueOf(why.getMessage());
        send(new HostToMaster.Unsuitable(unsuitable));
        launchEarly();
    }

    private void launchEarly() {
        List<MasterToHost.Launch> all = List.copyOf(early);
        early.clear();
        all.forEach(this::onLaunch);
    }

    /** It waits for the code, which may still be on its way. */
    private void onLaunch(MasterToHost.Launch launch) {
        if (isLeaving) {
            send(new HostToMaster.NotLaunched(launch.process(), "the host is leaving"));
        } else if (!unsuitable.isEmpty()) {
            send(new HostToMaster.NotLaunched(launch.process(), unsuitable));
        } else if (workers.isPresent()) {
            workers.get().launch(launch);
        } else {
            early.add(launch);
        }
    }

    private Behavior<Object> onLaunched(HostCommand.Launched launched) {
        WorkerProcess running = launched.running();
        if (running == null) {
            workers.ifPresent(all -> all.onNotLaunched(launched.process()));
            String why = launched.problem() == null
                    ? ""
                    : String.valueOf(launched.problem().getMessage());
            send(new HostToMaster.NotLaunched(launched.process(), why));
        } else {
            send(new HostToMaster.Launched(launched.process(), running.pid()));
            workers.ifPresent(all -> all.onLaunched(launched.process(), running));
        }
        return this;
    }

    private Behavior<Object> onEnded(HostCommand.Ended ended) {
        send(new HostToMaster.Ended(ended.process()));
        return this;
    }

    private Behavior<Object> onExited(HostCommand.Exited exited) {
        workers.ifPresent(all -> all.onExited(exited.process(), exited.exit()));
        return this;
    }

    private Behavior<Object> onRelayed(HostCommand.Relayed relayed) {
        workers.flatMap(all -> all.onRelayed(relayed.process()))
                .ifPresent(exit -> send(new HostToMaster.Exited(relayed.process(), exit)));
        return this;
    }

    private Behavior<Object> onBroken(HostCommand.Broken broken) {
        workers.ifPresent(all -> all.kill(broken.process(), broken.why()));
        return this;
    }

    private Behavior<Object> onPrinted(HostCommand.Printed printed) {
        link.send(new HostToMaster.Printed(printed.toErr(), printed.bytes()), SMALL + printed.bytes().length);
        return this;
    }

    private Behavior<Object> onDrainDue(HostCommand.DrainDue drain) {
        if (!isLeaving) {
            isLeaving = true;
            send(new HostToMaster.Leaving(drain.reason()));
        }
        return endIfLeft();
    }

    /** The master ends the workers of a host that leaves. */
    private Behavior<Object> endIfLeft() {
        boolean hasLeft = isLeaving && workers.map(HostWorkers::isEmpty).orElse(true);
        if (hasLeft && (membership.isEmpty() || saidGoodbye())) {
            end.complete(new HostEnd.Drained());
            return Behaviors.stopped();
        }
        return this;
    }

    private boolean saidGoodbye() {
        if (!hasSaidGoodbye) {
            hasSaidGoodbye = true;
            send(new HostToMaster.Goodbye());
        }
        return link.isIdle();
    }

    private Behavior<Object> onLeaseDue() {
        membership.ifPresent(Membership::request);
        return this;
    }

    private Behavior<Object> onTick() {
        link.onTick();
        if (membership.filter(Membership::hasExpired).isPresent()) {
            end.complete(new HostEnd.LeaseLost());
            return Behaviors.stopped();
        }
        return endIfLeft();
    }

    private Behavior<Object> onPostStop() {
        workers.ifPresent(HostWorkers::close);
        code.ifPresent(ReceivedCode::close);
        end.complete(new HostEnd.Over("the host was ended"));
        return this;
    }
}
