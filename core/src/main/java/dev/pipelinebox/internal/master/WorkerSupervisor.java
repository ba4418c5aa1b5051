package dev.pipelinebox.internal.master;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.internal.launch.WorkerStarter;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.os.SuspendAwareClock;
import dev.pipelinebox.internal.pool.PoolAction;
import dev.pipelinebox.internal.pool.PoolPlan;
import dev.pipelinebox.internal.pool.WorkerCounts;
import dev.pipelinebox.internal.pool.WorkerListener;
import dev.pipelinebox.internal.pool.WorkerRecord;
import dev.pipelinebox.internal.pool.WorkerSlot;
import dev.pipelinebox.internal.pool.WorkerSpec;
import dev.pipelinebox.internal.schedule.Scheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The master's actor's hand for workers: tells {@link PoolPlan} what happens to them, and carries out what it orders:
 * starts and ends processes, and opens and closes their hands in the {@link Scheduler}.
 */
final class WorkerSupervisor {

    /** How often processes are looked after: one timer for all of them. */
    private static final Duration TICK = Duration.ofMillis(200);

    /** Between two looks; whoever took longer was not at work. */
    private static final Duration LONGEST_STEP = TICK.multipliedBy(2);

    private static final String NOT_SEEN = "its end was not seen";

    private final ActorContext<MasterCommand> context;
    private final TimerScheduler<MasterCommand> timers;
    private final EngineSettings settings;
    private final WorkerStarter starter;
    private final TaskMonitor events;
    private final Scheduler table;
    private final PoolPlan workforce;
    private final ActorRef<ClusterMembership.Command> registrar;
    private final SuspendAwareClock clock = new SuspendAwareClock(LONGEST_STEP, System::nanoTime);
    private final Map<Long, ActorRef<SessionCommand>> entries = new HashMap<>();
    private @Nullable PipelineBoxException lastProblem;
    private boolean closing;

    WorkerSupervisor(
            ActorContext<MasterCommand> context,
            TimerScheduler<MasterCommand> timers,
            EngineSettings settings,
            WorkerStarter starter,
            TaskMonitor events,
            Scheduler table) {
        this.context = context;
        this.timers = timers;
        this.settings = settings;
        this.starter = starter;
        this.events = events;
        this.table = table;
        this.workforce = new PoolPlan(settings.pool());
        this.registrar = context.spawn(
                ClusterMembership.create(settings.worker().process().cluster()), "registrar");
        timers.startTimerWithFixedDelay(MasterCommand.EntryTick.NOW, TICK);
    }

    void onEntryTick() {
        SessionCommand.Tick tick = new SessionCommand.Tick(clock.now());
        entries.values().forEach(entry -> entry.tell(tick));
    }

    @Nullable
    WorkerRecord member(long process) {
        return workforce.member(process);
    }

    void tell(long process, SessionCommand message) {
        ActorRef<SessionCommand> entry = entries.get(process);
        if (entry != null) {
            entry.tell(message);
        }
    }

    void revoke(long process, List<Long> taskIds) {
        tell(process, new SessionCommand.Tell(new MasterToWorker.Revoke(taskIds)));
    }

    /** Why nothing can be run: the last worker is gone, and none was added since. */
    Optional<PipelineBoxException> whyNobodyIsLeft() {
        return workforce.hasNoPlace() ? Optional.ofNullable(lastProblem) : Optional.empty();
    }

    WorkerCounts headcount() {
        return workforce.headcount();
    }

    /** Tells whether no worker and no process is left. */
    boolean isEmpty() {
        return workforce.isEmpty();
    }

    void onAddWorker(WorkerSpec spec, WorkerListener listener) {
        if (closing) {
            listener.onStopped();
            return;
        }
        lastProblem = null;
        events.onWorkerAdded(spec.index(), spec.parameters());
        workforce.add(spec, listener);
        table.openPlace(spec.index());
        rearrange(false);
    }

    void onLaunched(MasterCommand.Launched launched) {
        WorkerRecord member = workforce.member(launched.process());
        if (member == null) {
            return;
        }
        workforce.onLaunched(member, launched.pid());
        workforce.placeOf(member).ifPresent(place -> place.listener().onLaunched(launched.pid()));
        if (!member.isSpare()) {
            events.onEvent(new PoolEvent.WorkerStarted(member.index(), launched.pid()));
        }
    }

    void onBecameReady(MasterCommand.BecameReady became) {
        WorkerRecord member = workforce.member(became.process());
        if (member == null) {
            return;
        }
        workforce.onReady(member, became.demand(), became.startup());
        if (member.isSpare()) {
            events.onEvent(new PoolEvent.SpareBecameReady(member.pid(), became.startup()));
        }
        rearrange(false);
    }

    /** Something has come back from a worker. */
    void onOutcomes(WorkerRecord member) {
        workforce.onOutcome(member);
        if (table.holdsNothing(member.process())) {
            onDrained(member);
        }
    }

    void onWornOut(MasterCommand.WornOut worn) {
        WorkerRecord member = workforce.member(worn.process());
        if (member != null && workforce.onWorn(member)) {
            if (!member.isSpare()) {
                events.onEvent(new PoolEvent.WorkerWornOut(member.index(), worn.reason()));
            }
            rearrange(false);
        }
    }

    /** The first that is told of a process that is gone. */
    void tellOfExit(WorkerRecord member, MasterCommand.Gone gone) {
        if (member.isSpare()) {
            return;
        }
        gone.exit().ifPresent(exit -> events.onEvent(new PoolEvent.WorkerExited(member.index(), exit)));
        if (!member.isGoing() && gone.startFailure().isEmpty()) {
            String how = gone.exit()
                    .map(exit -> "process " + exit.pid() + " " + exit.reason())
                    .orElse(NOT_SEEN);
            log().warn("Worker {}: {}", member.index(), how);
        }
    }

    /** A process has taken its master for gone: rightly, as far as it could see, if that has just stood still for long. */
    void onForsaken(long process) {
        if (clock.hasJustComeBack()) {
            table.forsake(process);
        }
    }

    /** A process has ended or is about to; what it has sent may still come, so its tasks are not given to others yet. */
    void onEnding(long process) {
        WorkerRecord member = workforce.member(process);
        if (member != null) {
            workforce.onEnding(member);
            rearrange(false);
        }
    }

    void onGone(WorkerRecord member, MasterCommand.Gone gone, boolean isExplained) {
        entries.remove(member.process());
        registrar.tell(new ClusterMembership.Strike(member.process()));
        Optional<WorkerSlot> place = workforce.place(member.index());
        PoolPlan.Cause atWork = isExplained ? PoolPlan.Cause.EXPLAINED : PoolPlan.Cause.DEATH;
        switch (workforce.onGone(member, gone.startFailure().isPresent() ? PoolPlan.Cause.START_FAILURE : atWork)) {
            case REPLACED -> tellOfStartFailure(member, gone, false);
            case GIVEN_UP -> {
                table.closePlace(member.index());
                tellOfStartFailure(member, gone, true);
                gone.startFailure().ifPresent(error -> {
                    place.ifPresent(givenUp -> givenUp.listener().onGivenUp(error));
                    lastProblem = error;
                });
            }
            case STOPPED -> place.ifPresent(this::onStopped);
            case SPARE_LOST -> tellOfLostSpare(gone);
            case DISMISSED -> {}
        }
        rearrange(false);
    }

    void onRested(int index) {
        workforce.onRested(index);
        rearrange(false);
    }

    void onStopWorker(int index) {
        table.closePlace(index);
        workforce.stop(index).ifPresent(this::onStopped);
        rearrange(false);
    }

    void close(boolean interrupt) {
        closing = true;
        if (interrupt) {
            workforce.members().stream()
                    .filter(member -> member.state() == WorkerRecord.State.ENDING)
                    .forEach(member -> tell(member.process(), new SessionCommand.End(true)));
        }
        workforce.close().forEach(this::onStopped);
        rearrange(interrupt);
    }

    private void onStopped(WorkerSlot place) {
        place.listener().onStopped();
        lastProblem = new NoWorkerException(
                "The last worker was stopped, so nothing is left to run the task; add workers first");
    }

    private void tellOfStartFailure(WorkerRecord member, MasterCommand.Gone gone, boolean givenUp) {
        gone.startFailure().ifPresent(error -> {
            log().warn("{}: {}", givenUp ? "Given up" : "To be tried again", error.getMessage());
            events.onEvent(new PoolEvent.WorkerStartFailed(member.index(), error, givenUp));
        });
    }

    private void tellOfLostSpare(MasterCommand.Gone gone) {
        String reason = gone.startFailure()
                .map(Throwable::getMessage)
                .or(() -> gone.exit().map(WorkerExit::toString))
                .orElse(NOT_SEEN);
        log().warn("A spare worker was lost: {}", reason);
        events.onEvent(new PoolEvent.SpareLost(reason));
    }

    /** Has all be as the workforce wants it. */
    private void rearrange(boolean interrupt) {
        for (PoolAction order : workforce.plan()) {
            if (order instanceof PoolAction.Launch launch) {
                launch(launch.member());
            } else if (order instanceof PoolAction.Employ employ) {
                employ(employ.place(), employ.member());
            } else if (order instanceof PoolAction.Drain drain) {
                drain(drain.member());
            } else if (order instanceof PoolAction.End end) {
                end(end.member(), interrupt);
            } else if (order instanceof PoolAction.Rest rest) {
                rest(rest);
            }
        }
    }

    private void launch(WorkerRecord member) {
        ActorRef<SessionCommand> entry = context.spawn(
                WorkerSession.create(context.getSelf(), member.spec(), member.process(), settings, starter),
                "process-" + member.process());
        entries.put(member.process(), entry);
        registrar.tell(new ClusterMembership.Enter(member.process()));
        context.watchWith(entry, new MasterCommand.Gone(member.process(), Optional.empty(), Optional.empty()));
    }

    private void employ(WorkerSlot place, WorkerRecord member) {
        if (member.spec().index() == WorkerRecord.SPARE) {
            tell(member.process(), new SessionCommand.Assign(place.index()));
            events.onEvent(new PoolEvent.WorkerStarted(place.index(), member.pid()));
        }
        events.onEvent(new PoolEvent.WorkerBecameReady(place.index(), member.pid(), member.startup()));
        place.listener().onLaunched(member.pid());
        place.listener().onReady();
        table.workerReady(member.process(), place.index(), member.demand());
    }

    private void drain(WorkerRecord member) {
        List<Long> held = table.drain(member.process());
        if (held.isEmpty()) {
            onDrained(member);
        } else {
            revoke(member.process(), held);
        }
    }

    private void onDrained(WorkerRecord member) {
        workforce.onDrained(member).ifPresent(order -> end(order.member(), false));
    }

    private void end(WorkerRecord member, boolean interrupt) {
        table.retire(member.process());
        tell(member.process(), new SessionCommand.End(interrupt));
    }

    private void rest(PoolAction.Rest rest) {
        MasterCommand.Retry retry = new MasterCommand.Retry(rest.index());
        if (!timers.isTimerActive(retry)) {
            log().info(
                            "Worker {} is started again in {} ms, since one process after the other has ended here"
                                    + " (pipelinebox.worker.restart-backoff)",
                            rest.index(),
                            rest.pause().toMillis());
            timers.startSingleTimer(retry, rest.pause());
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(WorkerSupervisor.class);
    }
}
