package dev.pipelinebox.master;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.protocol.MasterToWorker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The master's actor's hand for workers: tells {@link Workforce} what happens to them, and carries out what it orders:
 * starts and ends processes, and opens and closes their hands in the {@link TaskTable}.
 */
final class Foreman {

    private static final String NOT_SEEN = "its end was not seen";

    private final ActorContext<MasterCommand> context;
    private final TimerScheduler<MasterCommand> timers;
    private final PoolSettings settings;
    private final ProcessStarter starter;
    private final TaskMonitor events;
    private final TaskTable table;
    private final Workforce workforce;
    private final ActorRef<Registrar.Command> registrar;
    private final Map<Long, ActorRef<EntryCommand>> entries = new HashMap<>();
    private @Nullable PipelineBoxException lastProblem;
    private boolean closing;

    Foreman(
            ActorContext<MasterCommand> context,
            TimerScheduler<MasterCommand> timers,
            PoolSettings settings,
            ProcessStarter starter,
            TaskMonitor events,
            TaskTable table) {
        this.context = context;
        this.timers = timers;
        this.settings = settings;
        this.starter = starter;
        this.events = events;
        this.table = table;
        this.workforce = new Workforce(settings);
        this.registrar = context.spawn(Registrar.create(settings.forWorkers().cluster()), "registrar");
    }

    @Nullable
    PoolMember member(long process) {
        return workforce.member(process);
    }

    void tell(long process, EntryCommand message) {
        ActorRef<EntryCommand> entry = entries.get(process);
        if (entry != null) {
            entry.tell(message);
        }
    }

    void revoke(long process, List<Long> taskIds) {
        tell(process, new EntryCommand.Tell(new MasterToWorker.Revoke(taskIds)));
    }

    /** Why nothing can be run: the last worker is gone, and none was added since. */
    Optional<PipelineBoxException> whyNobodyIsLeft() {
        return workforce.hasNoPlace() ? Optional.ofNullable(lastProblem) : Optional.empty();
    }

    Headcount headcount() {
        return workforce.headcount();
    }

    /** Tells whether no worker and no process is left. */
    boolean isEmpty() {
        return workforce.isEmpty();
    }

    void onAddWorker(WorkerSpec spec, WorkerSlot slot) {
        if (closing) {
            slot.onStopped();
            return;
        }
        lastProblem = null;
        events.onWorkerAdded(spec.index(), spec.parameters());
        workforce.add(spec, slot);
        table.openPlace(spec.index());
        rearrange(false);
    }

    void onLaunched(MasterCommand.Launched launched) {
        PoolMember member = workforce.member(launched.process());
        if (member == null) {
            return;
        }
        member.pid = launched.pid();
        workforce.placeOf(member).ifPresent(place -> place.slot.onLaunched(launched.pid()));
        if (!member.isSpare()) {
            events.onEvent(new PoolEvent.WorkerStarted(member.index, launched.pid()));
        }
    }

    void onBecameReady(MasterCommand.BecameReady became) {
        PoolMember member = workforce.member(became.process());
        if (member == null) {
            return;
        }
        workforce.onReady(member, became.demand(), became.startup());
        if (member.isSpare()) {
            events.onEvent(new PoolEvent.SpareBecameReady(member.pid, became.startup()));
        }
        rearrange(false);
    }

    /** Something has come back from a worker. */
    void onOutcomes(PoolMember member) {
        workforce.onOutcome(member);
        if (table.holdsNothing(member.process)) {
            endIfDraining(member);
        }
    }

    void onWornOut(MasterCommand.WornOut worn) {
        PoolMember member = workforce.member(worn.process());
        if (member != null && !member.isGoing()) {
            member.isWorn = true;
            if (!member.isSpare()) {
                events.onEvent(new PoolEvent.WorkerWornOut(member.index, worn.reason()));
            }
            rearrange(false);
        }
    }

    /** The first that is told of a process that is gone. */
    void tellOfExit(PoolMember member, MasterCommand.Gone gone) {
        if (member.isSpare()) {
            return;
        }
        gone.exit().ifPresent(exit -> events.onEvent(new PoolEvent.WorkerExited(member.index, exit)));
        if (!member.isGoing() && gone.startFailure().isEmpty()) {
            String how = gone.exit()
                    .map(exit -> "process " + exit.pid() + " " + exit.reason())
                    .orElse(NOT_SEEN);
            log().warn("Worker {}: {}", member.index, how);
        }
    }

    /** A process has ended or is about to; what it has sent may still come. */
    void onEnding(long process) {
        PoolMember member = workforce.member(process);
        if (member != null) {
            member.isDying = true;
        }
    }

    void onGone(PoolMember member, MasterCommand.Gone gone, boolean isExplained) {
        entries.remove(member.process);
        registrar.tell(new Registrar.Strike(member.process));
        Optional<Place> place = workforce.place(member.index);
        Workforce.Cause atWork = isExplained ? Workforce.Cause.EXPLAINED : Workforce.Cause.DEATH;
        switch (workforce.onGone(member, gone.startFailure().isPresent() ? Workforce.Cause.START_FAILURE : atWork)) {
            case REPLACED -> tellOfStartFailure(member, gone, false);
            case GIVEN_UP -> {
                table.closePlace(member.index);
                tellOfStartFailure(member, gone, true);
                gone.startFailure().ifPresent(error -> {
                    place.ifPresent(givenUp -> givenUp.slot.onGivenUp(error));
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
                    .filter(member -> member.state == PoolMember.State.ENDING)
                    .forEach(member -> tell(member.process, new EntryCommand.End(true)));
        }
        workforce.close().forEach(this::onStopped);
        rearrange(interrupt);
    }

    private void onStopped(Place place) {
        place.slot.onStopped();
        lastProblem = new NoWorkerException(
                "The last worker was stopped, so nothing is left to run the task; add workers first");
    }

    private void tellOfStartFailure(PoolMember member, MasterCommand.Gone gone, boolean givenUp) {
        gone.startFailure().ifPresent(error -> {
            log().warn("{}: {}", givenUp ? "Given up" : "To be tried again", error.getMessage());
            events.onEvent(new PoolEvent.WorkerStartFailed(member.index, error, givenUp));
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
        for (Order order : workforce.plan()) {
            if (order instanceof Order.Launch launch) {
                launch(launch.member());
            } else if (order instanceof Order.Employ employ) {
                employ(employ.place(), employ.member());
            } else if (order instanceof Order.Drain drain) {
                drain(drain.member());
            } else if (order instanceof Order.End end) {
                end(end.member(), interrupt);
            } else if (order instanceof Order.Rest rest) {
                rest(rest);
            }
        }
    }

    private void launch(PoolMember member) {
        ActorRef<EntryCommand> entry = context.spawn(
                WorkerEntry.create(context.getSelf(), member.spec, member.process, settings, starter),
                "process-" + member.process);
        entries.put(member.process, entry);
        registrar.tell(new Registrar.Enter(member.process));
        context.watchWith(entry, new MasterCommand.Gone(member.process, Optional.empty(), Optional.empty()));
    }

    private void employ(Place place, PoolMember member) {
        if (member.spec.index() == PoolMember.SPARE) {
            tell(member.process, new EntryCommand.Assign(place.index()));
            events.onEvent(new PoolEvent.WorkerStarted(place.index(), member.pid));
        }
        events.onEvent(new PoolEvent.WorkerBecameReady(place.index(), member.pid, member.startup));
        place.slot.onLaunched(member.pid);
        place.slot.onReady();
        table.workerReady(member.process, place.index(), member.demand);
    }

    private void drain(PoolMember member) {
        List<Long> held = table.drain(member.process);
        if (held.isEmpty()) {
            endIfDraining(member);
        } else {
            revoke(member.process, held);
        }
    }

    private void endIfDraining(PoolMember member) {
        if (member.state == PoolMember.State.DRAINING) {
            member.state = PoolMember.State.ENDING;
            end(member, false);
        }
    }

    private void end(PoolMember member, boolean interrupt) {
        table.retire(member.process);
        tell(member.process, new EntryCommand.End(interrupt));
    }

    private void rest(Order.Rest rest) {
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
        return LoggerFactory.getLogger(Foreman.class);
    }
}
