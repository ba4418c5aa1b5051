package dev.pipelinebox.internal.master;

import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.ClusterEvent;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Down;
import akka.cluster.typed.Subscribe;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Keeps the cluster's members and the master's processes at one: a member whose process is gone is put out at once, since
 * it would keep others from joining.
 */
final class ClusterMembership extends AbstractBehavior<ClusterMembership.Command> {

    sealed interface Command {}

    /** A process that may become a member. */
    record Enter(long process) implements Command {}

    /** The process is gone. */
    record Strike(long process) implements Command {}

    private record Heard(ClusterEvent.MemberEvent event) implements Command {}

    /** A member that was leaving as its process ended has had its time. */
    private record Overdue(long process) implements Command {}

    /** How long the news of another member may take to come. */
    private static final Duration LAST_NEWS = Duration.ofSeconds(3);

    private static final long NONE = -1;

    /** What remains to be done for these is the cluster's. */
    private static final Set<MemberStatus> GOING =
            Set.of(MemberStatus.exiting(), MemberStatus.down(), MemberStatus.removed());

    private final TimerScheduler<Command> timers;
    private final ClusterSpec workers;
    private final Cluster cluster;
    private final Set<Long> living = new HashSet<>();

    private ClusterMembership(ActorContext<Command> context, TimerScheduler<Command> timers, ClusterSpec workers) {
        super(context);
        this.timers = timers;
        this.workers = workers;
        this.cluster = Cluster.get(context.getSystem());
        cluster.subscriptions()
                .tell(Subscribe.create(
                        context.messageAdapter(ClusterEvent.MemberEvent.class, Heard::new),
                        ClusterEvent.MemberEvent.class));
    }

    static Behavior<Command> create(ClusterSpec workers) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new ClusterMembership(context, timers, workers)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Enter.class, this::onEnter)
                .onMessage(Strike.class, this::onStrike)
                .onMessage(Heard.class, heard -> onHeard(heard.event().member()))
                .onMessage(Overdue.class, this::onOverdue)
                .onSignal(PostStop.class, stopped -> onPostStop())
                .build();
    }

    private Behavior<Command> onEnter(Enter enter) {
        living.add(enter.process());
        return this;
    }

    private Behavior<Command> onStrike(Strike strike) {
        living.remove(strike.process());
        members().filter(member -> processOf(member) == strike.process()).forEach(this::putOut);
        return this;
    }

    private Behavior<Command> onHeard(Member member) {
        long process = processOf(member);
        if (process != NONE && !living.contains(process)) {
            putOut(member);
        }
        return this;
    }

    private Behavior<Command> onOverdue(Overdue overdue) {
        members().filter(member -> processOf(member) == overdue.process()).forEach(this::down);
        return this;
    }

    /** No entry will see to its process any more: it kills it as this ends. */
    private Behavior<Command> onPostStop() {
        members().filter(member -> living.contains(processOf(member))).forEach(this::down);
        return this;
    }

    private Stream<Member> members() {
        return StreamSupport.stream(cluster.state().getMembers().spliterator(), false);
    }

    private long processOf(Member member) {
        return workers.processOf(member.getRoles()).orElse(NONE);
    }

    /** One that is leaving may be further than is known here: to put it out would hold it up. */
    private void putOut(Member member) {
        if (member.status().equals(MemberStatus.leaving())) {
            Overdue overdue = new Overdue(processOf(member));
            timers.startSingleTimer(overdue, overdue, LAST_NEWS);
        } else {
            down(member);
        }
    }

    private void down(Member member) {
        if (!GOING.contains(member.status())) {
            cluster.manager().tell(new Down(member.address()));
        }
    }
}
