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
 * Keeps the members of the cluster the same as the processes of the master: a member whose process is gone is removed at
 * once, since it would keep others from joining.
 */
final class ClusterMembership extends AbstractBehavior<ClusterMembership.Command> {

    sealed interface Command {}

    /** A process that may become a member. */
    record Add(long process) implements Command {}

    /** The process is gone. */
    record Remove(long process) implements Command {}

    private record Changed(ClusterEvent.MemberEvent event) implements Command {}

    /** A member that was leaving when its process ended has had its time. */
    private record LeaveOverdue(long process) implements Command {}

    /** How long the cluster has to remove a member that is leaving. */
    private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(3);

    private static final long NONE = -1;

    /** The cluster removes these by itself. */
    private static final Set<MemberStatus> LEAVING =
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
                        context.messageAdapter(ClusterEvent.MemberEvent.class, Changed::new),
                        ClusterEvent.MemberEvent.class));
    }

    static Behavior<Command> create(ClusterSpec workers) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new ClusterMembership(context, timers, workers)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Add.class, this::onAdd)
                .onMessage(Remove.class, this::onRemove)
                .onMessage(Changed.class, changed -> onChanged(changed.event().member()))
                .onMessage(LeaveOverdue.class, this::onLeaveOverdue)
                .onSignal(PostStop.class, stopped -> onPostStop())
                .build();
    }

    private Behavior<Command> onAdd(Add add) {
        living.add(add.process());
        return this;
    }

    private Behavior<Command> onRemove(Remove remove) {
        living.remove(remove.process());
        members().filter(member -> processOf(member) == remove.process()).forEach(this::remove);
        return this;
    }

    private Behavior<Command> onChanged(Member member) {
        long process = processOf(member);
        if (process != NONE && !living.contains(process)) {
            remove(member);
        }
        return this;
    }

    private Behavior<Command> onLeaveOverdue(LeaveOverdue overdue) {
        members().filter(member -> processOf(member) == overdue.process()).forEach(this::down);
        return this;
    }

    /** The sessions end with this actor and kill their processes. */
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

    /** A member that is leaving may be further than is known here: downing it would delay its removal. */
    private void remove(Member member) {
        if (member.status().equals(MemberStatus.leaving())) {
            LeaveOverdue overdue = new LeaveOverdue(processOf(member));
            timers.startSingleTimer(overdue, overdue, LEAVE_TIMEOUT);
        } else {
            down(member);
        }
    }

    private void down(Member member) {
        if (!LEAVING.contains(member.status())) {
            cluster.manager().tell(new Down(member.address()));
        }
    }
}
