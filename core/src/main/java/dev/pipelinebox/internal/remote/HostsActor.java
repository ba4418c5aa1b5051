package dev.pipelinebox.internal.remote;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Down;
import akka.cluster.typed.Join;
import dev.pipelinebox.api.JavaInstallation;
import dev.pipelinebox.api.WorkerStartException;
import dev.pipelinebox.internal.hosts.HostChange;
import dev.pipelinebox.internal.hosts.HostId;
import dev.pipelinebox.internal.hosts.HostTable;
import dev.pipelinebox.internal.hosts.PlacementResult;
import dev.pipelinebox.internal.hosts.WorkerNeeds;
import dev.pipelinebox.internal.link.host.HostFrame;
import dev.pipelinebox.internal.link.host.HostLink;
import dev.pipelinebox.internal.link.host.MasterToHost;
import dev.pipelinebox.internal.os.SuspendAwareClock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Carries out what the {@link HostTable} decides. The first actor of the hosts' system. */
final class HostsActor extends AbstractBehavior<Object> {

    private static final Duration TICK = Duration.ofMillis(250);
    /** Longer than between two ticks. */
    private static final Duration LONGEST_STEP = Duration.ofSeconds(2);

    /** After how long users are told of a worker without a host. */
    private static final Duration UNPLACED = Duration.ofSeconds(10);

    private final SuspendAwareClock clock = new SuspendAwareClock(LONGEST_STEP, System::nanoTime);
    private final HostsSetup setup;
    private final Consumer<HostsView> viewer;
    private final HostTable table;
    private final WaitingStarts waiting;
    private final Cluster cluster;
    private final ActorRefResolver resolver;
    private final Members members = new Members();

    private HostsActor(
            ActorContext<Object> context, TimerScheduler<Object> timers, HostsSetup setup, Consumer<HostsView> viewer) {
        super(context);
        this.setup = setup;
        this.viewer = viewer;
        this.table = new HostTable(setup.table(), setup.local());
        this.waiting = new WaitingStarts(UNPLACED, setup.startTimeout());
        this.cluster = Cluster.get(context.getSystem());
        this.resolver = ActorRefResolver.get(context.getSystem());
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        timers.startTimerWithFixedDelay(HostsCommand.Tick.NOW, TICK);
        afterEvent();
    }

    /**
     * Takes {@link HostsCommand} and, from hosts that are not known yet, {@link HostFrame.Contact}.
     *
     * @param viewer is told what there is whenever that has changed
     */
    static Behavior<Object> create(HostsSetup setup, Consumer<HostsView> viewer) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new HostsActor(context, timers, setup, viewer)));
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(HostFrame.Contact.class, this::onContact)
                .onMessage(HostsCommand.Start.class, start -> onStart(start.request()))
                .onMessage(HostsCommand.Cancel.class, this::onCancel)
                .onMessage(HostsCommand.Built.class, this::onBuilt)
                .onMessage(HostsCommand.Gone.class, this::onGone)
                .onMessage(HostsCommand.LeaseAsked.class, this::onLeaseAsked)
                .onMessage(HostsCommand.Goodbye.class, this::onGoodbye)
                .onMessage(HostsCommand.DrainAsked.class, this::onDrainAsked)
                .onMessage(HostsCommand.ResumeAsked.class, this::onResumeAsked)
                .onMessage(HostsCommand.RevokeAsked.class, this::onRevokeAsked)
                .onMessage(HostsCommand.UploadAsked.class, this::onUploadAsked)
                .onMessage(HostsCommand.CodeReady.class, this::onCodeReady)
                .onMessage(HostsCommand.Suitability.class, this::onSuitability)
                .onMessage(HostsCommand.Tick.class, tick -> onTick())
                .build();
    }

    private long now() {
        return clock.now();
    }

    /** What a host says must not end this actor, on which all hosts depend. */
    private Behavior<Object> onContact(HostFrame.Contact contact) {
        try {
            return onHello(contact);
        } catch (RuntimeException senseless) {
            getContext().getLog().warn("A host cannot be let in", senseless);
            return this;
        }
    }

    private Behavior<Object> onHello(HostFrame.Contact contact) {
        HostId id = new HostId(contact.hello().facts().name(), contact.hello().incarnation());
        if (members.find(id).isPresent()) {
            return this;
        }
        ActorRef<HostFrame> peer = resolver.resolveActorRef(contact.address());
        Optional<String> refusal = table.join(id, contact.hello().facts(), now());
        if (refusal.isPresent()) {
            refuse(peer, refusal.get());
        } else {
            ActorRef<HostSession.Command> session = getContext()
                    .spawnAnonymous(HostSession.create(getContext().getSelf().narrow(), id, contact, setup));
            members.add(id, new Members.Member(session, peer, contact.hello().serial()));
        }
        return afterEvent();
    }

    /** The host asks again if this does not arrive. */
    private static void refuse(ActorRef<HostFrame> peer, String why) {
        HostLink<MasterToHost, ?, HostFrame.ToHost> once = HostLink.ofMaster();
        once.open(peer);
        once.send(new MasterToHost.Refused(why), why.length());
    }

    private Behavior<Object> onStart(StartRequest request) {
        place(request);
        return afterEvent();
    }

    private void place(StartRequest request) {
        if (request.started().isDone()) {
            waiting.remove(request.process());
            return;
        }
        PlacementResult result = table.place(request.process(), WorkerNeeds.of(request.options()), now());
        if (result instanceof PlacementResult.Placed placed) {
            waiting.remove(request.process());
            launch(request, placed);
        } else {
            waiting.add(request, ((PlacementResult.Unplaced) result).reason(), now());
        }
    }

    private void launch(StartRequest request, PlacementResult.Placed placed) {
        members.find(placed.host()).ifPresentOrElse(member -> launchOn(member, request, placed), request::startHere);
    }

    private static void launchOn(Members.Member member, StartRequest request, PlacementResult.Placed placed) {
        String java = placed.java().map(JavaInstallation::path).orElse("");
        member.session().tell(new HostSession.Command.Launch(request, HostProcesses.options(request.options(), java)));
    }

    private Behavior<Object> onCancel(HostsCommand.Cancel cancel) {
        waiting.take(cancel.process())
                .ifPresent(request -> request.started()
                        .completeExceptionally(
                                new WorkerStartException("It was stopped before there was a host for it")));
        return this;
    }

    private Behavior<Object> onBuilt(HostsCommand.Built built) {
        table.onStarted(built.process());
        return this;
    }

    private Behavior<Object> onGone(HostsCommand.Gone gone) {
        waiting.remove(gone.process());
        gone.startFailure()
                .ifPresentOrElse(
                        why -> table.onStartFailed(gone.process(), why, now()), () -> table.release(gone.process()));
        return afterEvent();
    }

    private Behavior<Object> onLeaseAsked(HostsCommand.LeaseAsked asked) {
        HostFrame.LeaseRequest request = asked.request();
        members.find(asked.host())
                .filter(member -> table.onLeaseRequest(asked.host(), request.number(), request.lastGranted(), now()))
                .ifPresent(member -> {
                    member.roundTrip(Duration.ofNanos(request.roundTripNanos()));
                    asked.replyTo().tell(new HostFrame.LeaseGrant(request.number()));
                });
        return afterEvent();
    }

    private Behavior<Object> onGoodbye(HostsCommand.Goodbye goodbye) {
        table.onGoodbye(goodbye.host());
        return afterEvent();
    }

    private Behavior<Object> onDrainAsked(HostsCommand.DrainAsked drain) {
        if (table.status(drain.host()).isEmpty()) {
            drain.drained().complete(null);
            return this;
        }
        members.awaitDrain(drain.host(), drain.drained());
        table.drain(drain.host());
        setup.listener().onDrain(drain.host().name(), table.processes(drain.host()));
        return afterEvent();
    }

    private Behavior<Object> onResumeAsked(HostsCommand.ResumeAsked resume) {
        table.resume(resume.host());
        members.onResumed(resume.host());
        return afterEvent();
    }

    private Behavior<Object> onRevokeAsked(HostsCommand.RevokeAsked revoke) {
        members.find(revoke.host()).ifPresent(member -> {
            table.exclude(revoke.host(), "its key was revoked");
            revoke(member.serial());
        });
        return afterEvent();
    }

    private void revoke(String serial) {
        try {
            setup.revoker().accept(serial);
        } catch (RuntimeException unwritable) {
            getContext()
                    .getLog()
                    .warn(
                            "The key with the serial number {} may join again, since it could not be revoked",
                            serial,
                            unwritable);
        }
    }

    private Behavior<Object> onUploadAsked(HostsCommand.UploadAsked asked) {
        members.askUpload(asked.host());
        return this;
    }

    private Behavior<Object> onCodeReady(HostsCommand.CodeReady ready) {
        members.endUpload(ready.host());
        if (ready.sentBytes() > 0) {
            setup.listener().onCodeSent(ready.host().name(), ready.sentBytes(), ready.took());
        }
        return this;
    }

    private Behavior<Object> onSuitability(HostsCommand.Suitability suitability) {
        if (suitability.reason().isEmpty()) {
            table.onSuitable(suitability.host());
        } else {
            members.endUpload(suitability.host());
            table.onUnsuitable(suitability.host(), suitability.reason());
        }
        return afterEvent();
    }

    private Behavior<Object> onTick() {
        table.tick(now(), clock.hasJustComeBack());
        waiting.requests().forEach(this::place);
        waiting.takeToTell(now())
                .forEach(unplaced -> setup.listener()
                        .onUnplaced(unplaced.request().bootstrap().index(), unplaced.reason()));
        waiting.takeOverdue(now())
                .forEach(unplaced -> unplaced.request()
                        .started()
                        .completeExceptionally(new WorkerStartException(unplaced.reason())));
        return afterEvent();
    }

    /** Hosts that are gone take their workers with them; what has changed may be room for those that wait. */
    private Behavior<Object> afterEvent() {
        boolean hasChanged = false;
        for (HostChange change : table.takeChanges()) {
            hasChanged = true;
            setup.listener().onChange(change);
            if (change instanceof HostChange.Lost lost) {
                remove(lost.host(), lost.cause());
            } else if (change instanceof HostChange.Drained drained) {
                members.onDrained(drained.host());
            } else if (change instanceof HostChange.Left left) {
                remove(left.host(), "it has left");
            }
        }
        if (hasChanged) {
            waiting.requests().forEach(this::place);
        }
        viewer.accept(new HostsView(table.statuses(), members.roundTrips()));
        return this;
    }

    private void remove(HostId host, String cause) {
        members.remove(host).ifPresent(member -> {
            member.session().tell(new HostSession.Command.HostGone(cause));
            cluster.manager().tell(new Down(member.peer().path().address()));
        });
    }
}
