package dev.pipelinebox.internal.master;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.api.WorkerStartException;
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

/**
 * The part of the master's actor for workers: tells {@link PoolPlan} what happens to them and carries out its actions. It
 * starts and ends processes, and opens and closes the slots of the {@link Scheduler}.
 */
final class WorkerSupervisor {

    /** How often processes are checked: one timer for all of them. */
    private static final Duration TICK = Duration.ofMillis(200);

    /** The longest time between two checks that counts; in a longer one this JVM was suspended. */
    private static final Duration LONGEST_STEP = TICK.multipliedBy(2);

    private final ActorContext<MasterCommand> context;
    private final TimerScheduler<MasterCommand> timers;
    private final EngineSettings settings;
    private final ProcessFactory processes;
    private final WorkerPublisher publisher;
    private final Scheduler scheduler;
    private final PoolPlan pool;
    private final ActorRef<ClusterCommand> membership;
    private final SuspendAwareClock clock = new SuspendAwareClock(LONGEST_STEP, System::nanoTime);
    private final Map<Long, ActorRef<SessionCommand>> sessions = new HashMap<>();
    private @Nullable PipelineBoxException lastProblem;
    private boolean closing;

    WorkerSupervisor(
            ActorContext<MasterCommand> context,
            TimerScheduler<MasterCommand> timers,
            EngineSettings settings,
            ProcessFactory processes,
            TaskMonitor events,
            Scheduler scheduler) {
        this.context = context;
        this.timers = timers;
        this.settings = settings;
        this.processes = processes;
        this.publisher = new WorkerPublisher(events);
        this.scheduler = scheduler;
        this.pool = new PoolPlan(settings.pool());
        this.membership =
                context.spawn(processes.membership(settings.worker().process().cluster()), "membership");
        timers.startTimerWithFixedDelay(MasterCommand.SessionTick.NOW, TICK);
    }

    void onSessionTick() {
        SessionCommand.Tick tick = new SessionCommand.Tick(clock.now());
        sessions.values().forEach(session -> session.tell(tick));
    }

    @Nullable
    WorkerRecord find(long process) {
        return pool.find(process);
    }

    void tell(long process, SessionCommand message) {
        ActorRef<SessionCommand> session = sessions.get(process);
        if (session != null) {
            session.tell(message);
        }
    }

    void revoke(long process, List<Long> taskIds) {
        tell(process, new SessionCommand.Tell(new MasterToWorker.Revoke(taskIds)));
    }

    /** Why no task can run: the last worker is gone, and none was added since. */
    Optional<PipelineBoxException> whyNoWorkerIsLeft() {
        return pool.hasNoSlot() ? Optional.ofNullable(lastProblem) : Optional.empty();
    }

    WorkerCounts counts() {
        return pool.counts();
    }

    /** Tells whether no worker and no process is left. */
    boolean isEmpty() {
        return pool.isEmpty();
    }

    void onAddWorker(WorkerSpec spec, WorkerListener listener) {
        if (closing) {
            listener.onStopped();
            return;
        }
        lastProblem = null;
        publisher.added(spec);
        pool.add(spec, listener);
        scheduler.openSlot(spec.index());
        reconcile(false);
    }

    void onLaunched(MasterCommand.Launched launched) {
        WorkerRecord record = pool.find(launched.process());
        if (record != null) {
            pool.onLaunched(record, launched.pid(), launched.host());
            publisher.launched(record, pool.slotOf(record));
        }
    }

    void onBecameReady(MasterCommand.BecameReady became) {
        WorkerRecord record = pool.find(became.process());
        if (record == null) {
            return;
        }
        pool.onReady(record, became.demand(), became.startup());
        publisher.built(record, became.startup());
        ActorRef<SessionCommand> session = sessions.get(record.process());
        if (session != null) {
            membership.tell(new ClusterCommand.Admit(record.process(), session));
        }
        reconcile(false);
    }

    /** A worker has sent something back. */
    void onOutcomes(WorkerRecord record) {
        pool.onOutcome(record);
        if (scheduler.isIdle(record.process())) {
            onDrained(record);
        }
    }

    void onRecyclingDue(MasterCommand.RecyclingDue due) {
        WorkerRecord record = pool.find(due.process());
        if (record != null && pool.onRecyclingDue(record)) {
            publisher.recyclingDue(record, due.reason());
            reconcile(false);
        }
    }

    void onRetire(long process) {
        WorkerRecord record = pool.find(process);
        if (record != null) {
            pool.onRetired(record);
            reconcile(false);
        }
    }

    /** A process is gone; called before anything else is done about that. */
    void onExited(WorkerRecord record, MasterCommand.Gone gone) {
        publisher.exited(record, gone);
    }

    /** A process has lost its master: rightly, as far as it could see, if this JVM was suspended until now. */
    void onMasterLost(long process) {
        if (clock.hasJustComeBack()) {
            scheduler.masterLost(process);
        }
    }

    /** A process has ended or is about to; what it has sent may still arrive, so its tasks are not queued again yet. */
    void onEnding(long process) {
        WorkerRecord record = pool.find(process);
        if (record != null) {
            pool.onEnding(record);
            reconcile(false);
        }
    }

    void onGone(WorkerRecord record, MasterCommand.Gone gone, boolean isExplained) {
        sessions.remove(record.process());
        membership.tell(new ClusterCommand.Remove(record.process()));
        Optional<WorkerSlot> slot = pool.slot(record.index());
        PoolPlan.Cause cause = cause(gone, isExplained);
        switch (pool.onGone(record, cause)) {
            case REPLACED -> {
                if (cause == PoolPlan.Cause.START_FAILURE) {
                    gone.startFailure().ifPresent(error -> publisher.startFailed(record, error));
                }
            }
            case GIVEN_UP -> {
                scheduler.closeSlot(record.index());
                gone.startFailure().ifPresent(error -> onGivenUp(record, slot, error));
            }
            case STOPPED -> slot.ifPresent(this::onStopped);
            case SPARE_LOST -> publisher.spareLost(gone);
            case UNNEEDED -> {}
        }
        reconcile(false);
    }

    private static PoolPlan.Cause cause(MasterCommand.Gone gone, boolean isExplained) {
        if (gone.startFailure().isEmpty()) {
            return isExplained ? PoolPlan.Cause.EXPLAINED : PoolPlan.Cause.DEATH;
        }
        boolean isKilled = gone.exit()
                .filter(exit -> exit.cause() == WorkerExit.Cause.KILLED_FROM_OUTSIDE)
                .isPresent();
        return isKilled ? PoolPlan.Cause.KILLED_AT_START : PoolPlan.Cause.START_FAILURE;
    }

    private void onGivenUp(WorkerRecord record, Optional<WorkerSlot> slot, WorkerStartException error) {
        publisher.givenUp(record, slot, error);
        lastProblem = error;
    }

    void onBackoffOver(int index) {
        pool.onBackoffOver(index);
        reconcile(false);
    }

    void onStopWorker(int index) {
        scheduler.closeSlot(index);
        pool.stop(index).ifPresent(this::onStopped);
        reconcile(false);
    }

    void close(boolean interrupt) {
        closing = true;
        if (interrupt) {
            pool.records().stream()
                    .filter(record -> record.state() == WorkerRecord.State.ENDING)
                    .forEach(record -> tell(record.process(), new SessionCommand.End(true)));
        }
        pool.close().forEach(this::onStopped);
        reconcile(interrupt);
    }

    private void onStopped(WorkerSlot slot) {
        publisher.stopped(slot);
        lastProblem = new NoWorkerException(
                "The last worker was stopped, so nothing is left to run the task; add workers first");
    }

    /** Carries out what the plan decides after an event. */
    private void reconcile(boolean interrupt) {
        for (PoolAction action : pool.plan()) {
            if (action instanceof PoolAction.Launch launch) {
                launch(launch.record());
            } else if (action instanceof PoolAction.Activate activate) {
                activate(activate.slot(), activate.record());
            } else if (action instanceof PoolAction.Drain drain) {
                drain(drain.record());
            } else if (action instanceof PoolAction.End end) {
                end(end.record(), interrupt);
            } else if (action instanceof PoolAction.BackOff backOff) {
                backOff(backOff);
            }
        }
    }

    private void launch(WorkerRecord record) {
        ActorRef<SessionCommand> session = context.spawn(
                WorkerSession.create(context.getSelf(), record.spec(), record.process(), settings, processes),
                "process-" + record.process());
        sessions.put(record.process(), session);
        membership.tell(new ClusterCommand.Add(record.process()));
        context.watchWith(session, new MasterCommand.Gone(record.process(), Optional.empty(), Optional.empty()));
    }

    private void activate(WorkerSlot slot, WorkerRecord record) {
        if (record.spec().index() == WorkerRecord.SPARE) {
            tell(record.process(), new SessionCommand.Assign(slot.index()));
            publisher.spareAssigned(record, slot);
        }
        publisher.ready(record, slot);
        scheduler.workerReady(record.process(), slot.index(), record.demand());
    }

    private void drain(WorkerRecord record) {
        List<Long> held = scheduler.drain(record.process());
        if (held.isEmpty()) {
            onDrained(record);
        } else {
            revoke(record.process(), held);
        }
    }

    private void onDrained(WorkerRecord record) {
        pool.onDrained(record).ifPresent(action -> end(action.record(), false));
    }

    private void end(WorkerRecord record, boolean interrupt) {
        scheduler.stopRequested(record.process());
        tell(record.process(), new SessionCommand.End(interrupt));
    }

    private void backOff(PoolAction.BackOff backOff) {
        MasterCommand.BackoffOver over = new MasterCommand.BackoffOver(backOff.index());
        if (!timers.isTimerActive(over)) {
            publisher.backingOff(backOff);
            timers.startSingleTimer(over, backOff.backoff());
        }
    }
}
