package dev.pipelinebox.master;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.api.WorkerStartException;
import dev.pipelinebox.protocol.MasterToWorker;
import dev.pipelinebox.protocol.OutcomeEnvelope;
import dev.pipelinebox.protocol.TaskEnvelope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The master's actor: carries out what {@link TaskTable} and {@link Workforce} decide, and tells who listens. */
public final class MasterActor extends AbstractBehavior<MasterCommand> {

    /** How often work is taken from full hands for empty ones, once nothing waits; far longer than what is in hand. */
    private static final Duration REBALANCE_EVERY = Duration.ofMillis(50);

    private final TimerScheduler<MasterCommand> timers;
    private final PoolSettings settings;
    private final ProcessStarter starter;
    private final TaskMonitor events;
    private final Executor delivery;
    private final Reporter reporter;
    private final TaskTable table;
    private final Workforce workforce = new Workforce();
    private final List<Runnable> onShutdown = new ArrayList<>();
    private boolean closing;
    private @Nullable PipelineBoxException lastProblem;

    private MasterActor(
            ActorContext<MasterCommand> context,
            TimerScheduler<MasterCommand> timers,
            PoolSettings settings,
            ProcessStarter starter,
            TaskMonitor events,
            Executor delivery) {
        super(context);
        this.timers = timers;
        this.settings = settings;
        this.starter = starter;
        this.events = events;
        this.delivery = delivery;
        this.reporter = new Reporter(events, delivery, settings.maxAttempts());
        this.table = new TaskTable(settings.maxAttempts());
    }

    /**
     * The behaviour of a new master.
     *
     * @param settings how it treats workers and tasks
     * @param starter starts worker processes
     * @param events told of what happens; must not block
     * @param delivery what outcomes are handed out through, so that it happens after the events before it were told
     * @return the behaviour
     */
    public static Behavior<MasterCommand> create(
            PoolSettings settings, ProcessStarter starter, TaskMonitor events, Executor delivery) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new MasterActor(context, timers, settings, starter, events, delivery)));
    }

    @Override
    public Receive<MasterCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(MasterCommand.AddTasks.class, this::onAddTasks)
                .onMessage(MasterCommand.Finished.class, this::onFinished)
                .onMessage(MasterCommand.CancelTasks.class, this::onCancelTasks)
                .onMessage(MasterCommand.GivenBack.class, this::onGivenBack)
                .onMessage(MasterCommand.Rebalance.class, this::onRebalance)
                .onMessage(MasterCommand.AddWorker.class, this::onAddWorker)
                .onMessage(MasterCommand.Launched.class, this::onLaunched)
                .onMessage(MasterCommand.BecameReady.class, this::onBecameReady)
                .onMessage(MasterCommand.Ending.class, this::onEnding)
                .onMessage(MasterCommand.Gone.class, this::onGone)
                .onMessage(MasterCommand.Restart.class, this::onRestart)
                .onMessage(MasterCommand.StopWorker.class, this::onStopWorker)
                .onMessage(MasterCommand.Shutdown.class, this::onShutdown)
                .build();
    }

    private Behavior<MasterCommand> onAddTasks(MasterCommand.AddTasks add) {
        for (Task task : add.tasks()) {
            events.onTaskAdded(task.id());
            if (closing) {
                reporter.closed(List.of(task));
            } else if (workforce.isEmpty() && lastProblem != null) {
                reporter.refused(List.of(task), lastProblem);
            } else {
                table.add(task);
            }
        }
        return handOut();
    }

    private Behavior<MasterCommand> onFinished(MasterCommand.Finished finished) {
        Workforce.Place place = workforce.byProcess(finished.process());
        if (place == null) {
            return this;
        }
        int index = place.spec.index();
        place.failures = 0;
        table.demand(finished.process(), finished.demand());
        for (OutcomeEnvelope envelope : finished.outcomes()) {
            table.finish(finished.process(), envelope.taskId(), envelope.attempt())
                    .ifPresent(task -> reporter.ended(task, index, envelope));
        }
        return handOut();
    }

    private Behavior<MasterCommand> onCancelTasks(MasterCommand.CancelTasks cancel) {
        TaskTable.Cancellation cancellation = table.cancel(cancel.sink());
        reporter.cancelled(cancellation.dropped());
        cancellation
                .inHands()
                .forEach((process, taskIds) -> tell(process, new WorkerEntry.Tell(new MasterToWorker.Cancel(taskIds))));
        return handOut();
    }

    private Behavior<MasterCommand> onGivenBack(MasterCommand.GivenBack givenBack) {
        Workforce.Place place = workforce.byProcess(givenBack.process());
        if (place != null) {
            TaskTable.Loss back = table.returned(givenBack.process(), givenBack.taskIds());
            reporter.released(back, place.spec.index(), Optional.empty());
        }
        return handOut();
    }

    private Behavior<MasterCommand> onRebalance(MasterCommand.Rebalance now) {
        table.revocations()
                .forEach((process, taskIds) -> tell(process, new WorkerEntry.Tell(new MasterToWorker.Revoke(taskIds))));
        if (table.isEmpty()) {
            timers.cancel(MasterCommand.Rebalance.NOW);
        }
        return this;
    }

    private Behavior<MasterCommand> onAddWorker(MasterCommand.AddWorker add) {
        if (closing) {
            add.slot().onStopped();
            return this;
        }
        lastProblem = null;
        events.onWorkerAdded(add.spec().index(), add.spec().parameters());
        start(workforce.add(add.spec(), add.slot()));
        return this;
    }

    private Behavior<MasterCommand> onLaunched(MasterCommand.Launched launched) {
        Workforce.Place place = workforce.byProcess(launched.process());
        if (place != null) {
            place.slot.onLaunched(launched.pid());
            events.onEvent(new PoolEvent.WorkerStarted(place.spec.index(), launched.pid()));
        }
        return this;
    }

    private Behavior<MasterCommand> onBecameReady(MasterCommand.BecameReady became) {
        Workforce.Place place = workforce.byProcess(became.process());
        if (place == null || place.stopping) {
            return this;
        }
        events.onEvent(new PoolEvent.WorkerBecameReady(place.spec.index(), became.pid(), became.startup()));
        place.slot.onReady();
        table.workerReady(became.process(), became.demand());
        return handOut();
    }

    private Behavior<MasterCommand> onEnding(MasterCommand.Ending ending) {
        table.close(ending.process());
        return this;
    }

    private Behavior<MasterCommand> onGone(MasterCommand.Gone gone) {
        Workforce.Place place = workforce.byProcess(gone.process());
        if (place == null) {
            return this;
        }
        workforce.vacate(place);
        gone.exit().ifPresent(exit -> events.onEvent(new PoolEvent.WorkerExited(place.spec.index(), exit)));
        reporter.released(table.workerLost(gone.process()), place.spec.index(), gone.exit());
        if (closing) {
            reporter.closed(table.drainQueue());
        }
        Optional<WorkerStartException> startFailure = gone.startFailure();
        if (closing || place.stopping) {
            place.slot.onStopped();
            remove(place, null);
        } else if (startFailure.isPresent()) {
            onStartFailure(place, startFailure.get());
        } else if (place.failures++ == 0) {
            start(place);
        } else {
            startLater(place);
        }
        return handOut();
    }

    private void onStartFailure(Workforce.Place place, WorkerStartException error) {
        place.failures++;
        boolean givenUp = place.failures >= settings.maxStartFailures();
        events.onEvent(new PoolEvent.WorkerStartFailed(place.spec.index(), error, givenUp));
        if (givenUp) {
            place.slot.onGivenUp(error);
            remove(place, error);
        } else {
            startLater(place);
        }
    }

    private Behavior<MasterCommand> onRestart(MasterCommand.Restart restart) {
        Workforce.Place place = workforce.byIndex(restart.index());
        if (place != null && place.entry == null) {
            start(place);
        }
        return this;
    }

    private Behavior<MasterCommand> onStopWorker(MasterCommand.StopWorker stop) {
        Workforce.Place place = workforce.byIndex(stop.index());
        if (place != null && !place.stopping) {
            stop(place, false);
        }
        return handOut();
    }

    private Behavior<MasterCommand> onShutdown(MasterCommand.Shutdown shutdown) {
        onShutdown.add(shutdown.done());
        closing = true;
        reporter.closed(table.drainQueue());
        List.copyOf(workforce.places()).forEach(place -> stop(place, shutdown.interrupt()));
        finishShutdown();
        return this;
    }

    private void startLater(Workforce.Place place) {
        timers.startSingleTimer(new MasterCommand.Restart(place.spec.index()), settings.backoff(place.failures));
    }

    private void start(Workforce.Place place) {
        long process = workforce.nextProcess();
        ActorRef<WorkerEntry.Command> entry = getContext()
                .spawn(
                        WorkerEntry.create(getContext().getSelf(), place.spec, process, settings, starter),
                        "worker-" + place.spec.index() + "-process-" + process);
        workforce.fill(place, process, entry);
        getContext().watchWith(entry, new MasterCommand.Gone(process, Optional.empty(), Optional.empty()));
    }

    private void stop(Workforce.Place place, boolean interrupt) {
        place.stopping = true;
        table.retire(place.process);
        if (place.entry != null) {
            place.entry.tell(new WorkerEntry.End(interrupt));
        } else {
            place.slot.onStopped();
            remove(place, null);
        }
    }

    /** The place is closed for good; with no place left, nothing may wait any longer. */
    private void remove(Workforce.Place place, @Nullable PipelineBoxException problem) {
        workforce.remove(place);
        if (workforce.isEmpty() && !closing) {
            PipelineBoxException error = problem != null
                    ? problem
                    : new NoWorkerException(
                            "The last worker was stopped, so nothing is left to run the task; add workers first");
            lastProblem = error;
            reporter.refused(table.drainQueue(), error);
        }
        finishShutdown();
    }

    private void finishShutdown() {
        if (closing && workforce.isEmpty()) {
            onShutdown.forEach(delivery::execute);
            onShutdown.clear();
        }
    }

    private Behavior<MasterCommand> handOut() {
        List<TaskTable.Assignment> assignments = table.assign();
        if (assignments.isEmpty()) {
            return this;
        }
        Map<Long, List<TaskEnvelope>> batches = new LinkedHashMap<>();
        for (TaskTable.Assignment assignment : assignments) {
            Task task = assignment.task();
            Workforce.Place place = workforce.byProcess(assignment.process());
            if (place != null) {
                events.onTaskAttachedToWorker(place.spec.index(), task.id());
            }
            batches.computeIfAbsent(assignment.process(), process -> new ArrayList<>())
                    .add(new TaskEnvelope(task.id(), assignment.attempt(), task.payload()));
        }
        batches.forEach((process, batch) -> tell(process, new WorkerEntry.Deliver(batch)));
        if (!timers.isTimerActive(MasterCommand.Rebalance.NOW)) {
            timers.startTimerWithFixedDelay(MasterCommand.Rebalance.NOW, REBALANCE_EVERY);
        }
        return this;
    }

    private void tell(long process, WorkerEntry.Command message) {
        Workforce.Place place = workforce.byProcess(process);
        if (place != null && place.entry != null) {
            place.entry.tell(message);
        }
    }
}
