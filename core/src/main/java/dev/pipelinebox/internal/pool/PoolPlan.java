package dev.pipelinebox.internal.pool;

import dev.pipelinebox.internal.task.Demand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a master: their places, the processes that fill them, successors of those that are worn out, and warm
 * spares. Pure state: it is told what happened, and {@link #plan()} then says what to do so that all is as it should be.
 */
public final class PoolPlan {

    /** So many of the workers, but at least one, are replaced at a time: each is there twice meanwhile. */
    private static final int REPLACED_AT_A_TIME = 4;

    private final PoolSettings settings;
    private final Map<Integer, WorkerSlot> places = new TreeMap<>();
    private final Map<Long, WorkerRecord> members = new LinkedHashMap<>();
    private long lastProcess;
    private final SparePool spares;
    private boolean isClosing;

    /** Why a process is gone. */
    public enum Cause {
        /** Its worker could not be built. */
        START_FAILURE,
        /** It was killed by us or by a task that is known to, which says nothing about the place. */
        EXPLAINED,
        /** It died otherwise. */
        DEATH
    }

    /** What the end of a process means. */
    public enum Departure {
        /** Its place is filled again. */
        REPLACED,
        /** It was the last try: the place is given up. */
        GIVEN_UP,
        /** The place was to be closed. */
        STOPPED,
        /** A spare is gone that was wanted. */
        SPARE_LOST,
        /** It was no longer wanted. */
        DISMISSED
    }

    public PoolPlan(PoolSettings settings) {
        this.settings = settings;
        this.spares = new SparePool(settings);
    }

    public WorkerSlot add(WorkerSpec spec, WorkerListener listener) {
        WorkerSlot place = new WorkerSlot(spec, listener);
        places.put(spec.index(), place);
        return place;
    }

    @Nullable
    public WorkerRecord member(long process) {
        return members.get(process);
    }

    public Optional<WorkerSlot> place(int index) {
        return Optional.ofNullable(places.get(index));
    }

    /** The place that this process fills or is being built for, as its worker; none for spares and successors. */
    public Optional<WorkerSlot> placeOf(WorkerRecord member) {
        return Optional.ofNullable(places.get(member.index())).filter(place -> place.worker() == member);
    }

    public WorkerCounts headcount() {
        int ready = (int) places.values().stream().filter(WorkerSlot::isFilled).count();
        int staying = (int)
                places.values().stream().filter(place -> !place.isStopping()).count();
        return new WorkerCounts(ready, staying - ready);
    }

    public boolean hasNoPlace() {
        return places.isEmpty();
    }

    public boolean isEmpty() {
        return places.isEmpty() && members.isEmpty();
    }

    public void onLaunched(WorkerRecord member, long pid) {
        member.launched(pid);
    }

    public void onReady(WorkerRecord member, Demand demand, Duration startup) {
        member.ready(demand, startup);
        spares.onReady();
        vacate(member);
    }

    /** Its worker has brought an outcome, so the place is sound. */
    public void onOutcome(WorkerRecord member) {
        place(member.index()).ifPresent(place -> place.proved(member));
    }

    /** It should be replaced; tells whether it was not on its way out before. */
    public boolean onWorn(WorkerRecord member) {
        if (member.isGoing()) {
            return false;
        }
        member.worn();
        return true;
    }

    /** Its process has ended or is about to; what it has sent may still come. */
    public void onEnding(WorkerRecord member) {
        member.dying();
        vacate(member);
    }

    /**
     * Who was built and has ended leaves its place to another at once, however it ended. Who was not built is waited for: its
     * reason tells whether its start failed, and a failed start is rested for.
     */
    private void vacate(WorkerRecord member) {
        if (member.hasEndedBuilt()) {
            placeOf(member).filter(place -> !place.isStopping()).ifPresent(WorkerSlot::ended);
        }
    }

    /** It holds no task; what is to be done now if it was only waited for that. */
    public Optional<PoolAction.End> onDrained(WorkerRecord member) {
        if (member.state() != WorkerRecord.State.DRAINING) {
            return Optional.empty();
        }
        member.enter(WorkerRecord.State.ENDING);
        return Optional.of(new PoolAction.End(member));
    }

    /** Something that failed has rested long enough. */
    public void onRested(int index) {
        WorkerSlot place = places.get(index);
        if (place != null) {
            place.rested();
        } else if (index == WorkerRecord.SPARE) {
            spares.onRested();
        }
    }

    /** Closes a place; it is returned if it is gone at once, since no process is left of it. */
    public Optional<WorkerSlot> stop(int index) {
        WorkerSlot place = places.get(index);
        if (place == null || place.isStopping()) {
            return Optional.empty();
        }
        place.stop();
        return removeIfEmpty(place) ? Optional.of(place) : Optional.empty();
    }

    /** Closes all places; those that are gone at once are returned. */
    public List<WorkerSlot> close() {
        isClosing = true;
        return List.copyOf(places.keySet()).stream()
                .flatMap(index -> stop(index).stream())
                .toList();
    }

    /** A process is gone. */
    public Departure onGone(WorkerRecord member, Cause cause) {
        members.remove(member.process());
        if (member.isSpare()) {
            return spareGone(member);
        }
        WorkerSlot place = places.get(member.index());
        if (place == null) {
            return Departure.DISMISSED;
        }
        boolean wasSuccessor = place.successor() == member;
        boolean wasWorker = place.leave(member);
        if (place.isStopping()) {
            return removeIfEmpty(place) ? Departure.STOPPED : Departure.DISMISSED;
        }
        if (wasSuccessor) {
            place.successorFailed();
            return Departure.REPLACED;
        }
        return wasWorker ? diagnosed(place, cause) : Departure.DISMISSED;
    }

    private Departure spareGone(WorkerRecord member) {
        if (member.isGoing() || isClosing) {
            return Departure.DISMISSED;
        }
        spares.onLost();
        return Departure.SPARE_LOST;
    }

    private Departure diagnosed(WorkerSlot place, Cause cause) {
        place.diagnosed(cause);
        if (place.worker() == null
                && place.startFailures() >= settings.restart().maxFailures()) {
            places.remove(place.index());
            return Departure.GIVEN_UP;
        }
        return Departure.REPLACED;
    }

    private boolean removeIfEmpty(WorkerSlot place) {
        boolean isEmpty = members.values().stream().noneMatch(member -> member.index() == place.index());
        if (isEmpty) {
            places.remove(place.index());
        }
        return isEmpty;
    }

    /** What has to be done now. To be asked after everything that was told, and done in this order. */
    public List<PoolAction> plan() {
        List<PoolAction> orders = new ArrayList<>();
        if (isClosing) {
            members.values().forEach(member -> dismiss(member, orders));
            return orders;
        }
        for (WorkerSlot place : places.values()) {
            if (place.isStopping()) {
                members.values().stream()
                        .filter(member -> member.index() == place.index())
                        .forEach(member -> letGo(member, orders));
            } else {
                fill(place, orders);
            }
        }
        replaceWorn(orders);
        keepSpares(orders);
        rest(orders);
        return orders;
    }

    private void fill(WorkerSlot place, List<PoolAction> orders) {
        if (place.worker() == null) {
            spareOrNew(place, place.mayLaunch(), orders).ifPresent(place::fill);
        }
        WorkerRecord worker = place.worker();
        if (worker != null && worker.isReadyForWork()) {
            employ(place, worker, orders);
        }
    }

    private Optional<WorkerRecord> spareOrNew(WorkerSlot place, boolean mayLaunch, List<PoolAction> orders) {
        Optional<WorkerRecord> spare = spares.take(place, members.values());
        return spare.isPresent() || !mayLaunch ? spare : Optional.of(launch(place.spec(), place.index(), orders));
    }

    private void replaceWorn(List<PoolAction> orders) {
        long underWay = members.values().stream().filter(this::isReplaced).count();
        for (WorkerSlot place : places.values()) {
            underWay += place.successor() == null ? 0 : 1;
        }
        long most = Math.max(1, places.size() / REPLACED_AT_A_TIME);
        for (WorkerSlot place : places.values()) {
            WorkerRecord worker = place.worker();
            if (worker == null || !worker.isWorn() || place.isStopping()) {
                continue;
            }
            if (place.successor() == null && underWay < most) {
                spareOrNew(place, !place.isResting(), orders).ifPresent(place::prepare);
                underWay += place.successor() == null ? 0 : 1;
            }
            WorkerRecord successor = place.successor();
            if (successor != null && successor.isReadyForWork()) {
                place.succeed();
                employ(place, successor, orders);
                letGo(worker, orders);
            }
        }
    }

    /** It is on its way out, and its place is filled all the same. */
    private boolean isReplaced(WorkerRecord member) {
        return member.isGoing()
                && place(member.index()).filter(place -> !place.isStopping()).isPresent();
    }

    private void keepSpares(List<PoolAction> orders) {
        spares.unwanted(places.values(), members.values()).forEach(member -> dismiss(member, orders));
        spares.missing(places.values(), members.values())
                .forEach(spec -> launch(spec.asSpare(), WorkerRecord.SPARE, orders));
    }

    private void rest(List<PoolAction> orders) {
        for (WorkerSlot place : places.values()) {
            if (place.isResting()) {
                orders.add(new PoolAction.Rest(place.index(), settings.restart().backoff(place.failures())));
            }
        }
        spares.rest().ifPresent(orders::add);
    }

    private WorkerRecord launch(WorkerSpec spec, int index, List<PoolAction> orders) {
        WorkerRecord member = new WorkerRecord(++lastProcess, spec, index);
        members.put(member.process(), member);
        orders.add(new PoolAction.Launch(member));
        return member;
    }

    private static void employ(WorkerSlot place, WorkerRecord member, List<PoolAction> orders) {
        member.enter(WorkerRecord.State.AT_WORK);
        place.begun();
        orders.add(new PoolAction.Employ(place, member));
    }

    /** Who is at work may finish what it runs. */
    private static void letGo(WorkerRecord member, List<PoolAction> orders) {
        if (member.isAtWork()) {
            member.enter(WorkerRecord.State.DRAINING);
            orders.add(new PoolAction.Drain(member));
        } else if (member.state() != WorkerRecord.State.DRAINING) {
            dismiss(member, orders);
        }
    }

    private static void dismiss(WorkerRecord member, List<PoolAction> orders) {
        if (member.state() != WorkerRecord.State.ENDING) {
            member.enter(WorkerRecord.State.ENDING);
            orders.add(new PoolAction.End(member));
        }
    }

    public Collection<WorkerRecord> members() {
        return members.values();
    }
}
