package dev.pipelinebox.internal.master;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Starts the cluster of a master that reaches its workers without it, and passes on to {@link ClusterMembership} what comes
 * after. That is some time after the first worker is ready, since it takes as much processor time as all before the first
 * result, and a program is slowest in its first seconds. It is later while other workers are still starting. A program that
 * ends sooner needs no cluster.
 */
final class ClusterStarter extends AbstractBehavior<ClusterCommand> {

    private static final Duration DELAY = Duration.ofSeconds(10);

    /** So often it waits, even if there is always a worker that is starting. */
    private static final int MOST_DELAYS = 6;

    private final TimerScheduler<ClusterCommand> timers;
    private final ClusterLauncher launcher;
    private final ClusterSpec spec;
    private final Set<Long> living = new LinkedHashSet<>();
    private final Map<Long, ClusterCommand.Admit> waiting = new LinkedHashMap<>();
    private int delays;

    private ClusterStarter(
            ActorContext<ClusterCommand> context,
            TimerScheduler<ClusterCommand> timers,
            ClusterLauncher launcher,
            ClusterSpec spec) {
        super(context);
        this.timers = timers;
        this.launcher = launcher;
        this.spec = spec;
    }

    static Behavior<ClusterCommand> create(ClusterLauncher launcher, ClusterSpec spec) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new ClusterStarter(context, timers, launcher, spec)));
    }

    @Override
    public Receive<ClusterCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(ClusterCommand.Add.class, this::onAdd)
                .onMessage(ClusterCommand.Admit.class, this::onAdmit)
                .onMessage(ClusterCommand.Remove.class, this::onRemove)
                .onMessage(ClusterCommand.StartDue.class, due -> onStartDue())
                .onMessage(ClusterCommand.Started.class, this::onStarted)
                .build();
    }

    private Behavior<ClusterCommand> onAdd(ClusterCommand.Add add) {
        living.add(add.process());
        return this;
    }

    private Behavior<ClusterCommand> onAdmit(ClusterCommand.Admit admit) {
        if (living.contains(admit.process())) {
            waiting.put(admit.process(), admit);
            if (delays == 0) {
                delay();
            }
        }
        return this;
    }

    private Behavior<ClusterCommand> onRemove(ClusterCommand.Remove remove) {
        living.remove(remove.process());
        waiting.remove(remove.process());
        return this;
    }

    private Behavior<ClusterCommand> onStartDue() {
        boolean isStarting = waiting.size() < living.size();
        if (isStarting && delays < MOST_DELAYS) {
            delay();
        } else {
            getContext().pipeToSelf(launcher.launch(ClusterMembership.create(spec)), ClusterCommand.Started::new);
        }
        return this;
    }

    private void delay() {
        delays++;
        timers.startSingleTimer(ClusterCommand.StartDue.NOW, DELAY);
    }

    private Behavior<ClusterCommand> onStarted(ClusterCommand.Started started) {
        ActorRef<ClusterCommand> membership = started.membership();
        if (membership == null) {
            getContext()
                    .getLog()
                    .warn("Workers run without a cluster, since its actor system cannot be started", started.problem());
            return Behaviors.ignore();
        }
        living.forEach(process -> membership.tell(new ClusterCommand.Add(process)));
        waiting.values().forEach(membership::tell);
        return Behaviors.receiveMessage(command -> {
            membership.tell(command);
            return Behaviors.same();
        });
    }
}
