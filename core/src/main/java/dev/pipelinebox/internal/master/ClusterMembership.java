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
import akka.cluster.typed.Join;
import akka.cluster.typed.Subscribe;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Keeps the members of the cluster the same as the processes of the master. A process is told to join when its worker is
 * ready, so that failing starts do not disturb a shared cluster. A member whose process is gone is removed at once, since it
 * would keep others from joining. A private cluster begins with this node.
 */
final class ClusterMembership extends AbstractBehavior<ClusterCommand> {

    /** How long the cluster has to remove a member that is leaving. */
    private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(3);

    private static final long NONE = -1;

    /** The cluster removes these by itself. */
    private static final Set<MemberStatus> LEAVING =
            Set.of(MemberStatus.exiting(), MemberStatus.down(), MemberStatus.removed());

    private final TimerScheduler<ClusterCommand> timers;
    private final ClusterSpec workers;
    private final Cluster cluster;
    private final Set<Long> living = new HashSet<>();

    private ClusterMembership(
            ActorContext<ClusterCommand> context, TimerScheduler<ClusterCommand> timers, ClusterSpec workers) {
        super(context);
        this.timers = timers;
        this.workers = workers;
        this.cluster = Cluster.get(context.getSystem());
        cluster.subscriptions()
                .tell(Subscribe.create(
                        context.messageAdapter(ClusterEvent.MemberEvent.class, ClusterCommand.Changed::new),
                        ClusterEvent.MemberEvent.class));
        if (!workers.isShared()) {
            cluster.manager().tell(Join.create(cluster.selfMember().address()));
        }
    }

    static Behavior<ClusterCommand> create(ClusterSpec workers) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new ClusterMembership(context, timers, workers)));
    }

    @Override
    public Receive<ClusterCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(ClusterCommand.Add.class, this::onAdd)
                .onMessage(ClusterCommand.Admit.class, this::onAdmit)
                .onMessage(ClusterCommand.Remove.class, this::onRemove)
                .onMessage(
                        ClusterCommand.Changed.class,
                        changed -> onChanged(changed.event().member()))
                .onMessage(ClusterCommand.LeaveOverdue.class, this::onLeaveOverdue)
                .onSignal(PostStop.class, stopped -> onPostStop())
                .build();
    }

    private Behavior<ClusterCommand> onAdd(ClusterCommand.Add add) {
        living.add(add.process());
        return this;
    }

    private Behavior<ClusterCommand> onAdmit(ClusterCommand.Admit admit) {
        String node = cluster.selfMember().address().toString();
        admit.session().tell(new SessionCommand.Tell(new MasterToWorker.JoinCluster(node)));
        return this;
    }

    private Behavior<ClusterCommand> onRemove(ClusterCommand.Remove remove) {
        living.remove(remove.process());
        members().filter(member -> processOf(member) == remove.process()).forEach(this::remove);
        return this;
    }

    private Behavior<ClusterCommand> onChanged(Member member) {
        long process = processOf(member);
        if (process != NONE && !living.contains(process)) {
            remove(member);
        }
        return this;
    }

    private Behavior<ClusterCommand> onLeaveOverdue(ClusterCommand.LeaveOverdue overdue) {
        members().filter(member -> processOf(member) == overdue.process()).forEach(this::down);
        return this;
    }

    /** The master ends, and its sessions kill their processes. */
    private Behavior<ClusterCommand> onPostStop() {
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
            ClusterCommand.LeaveOverdue overdue = new ClusterCommand.LeaveOverdue(processOf(member));
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
