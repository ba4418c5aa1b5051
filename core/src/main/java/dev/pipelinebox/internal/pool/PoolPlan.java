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
        return Optional.ofNullable(places.get(member.index)).filter(place -> place.worker == member);
    }

    public WorkerCounts headcount() {
        int ready = (int) places.values().stream().filter(WorkerSlot::isFilled).count();
        int staying = (int)
                places.values().stream().filter(place -> !place.isStopping).count();
        return new WorkerCounts(ready, staying - ready);
    }

    public boolean hasNoPlace() {
        return places.isEmpty();
    }

    public boolean isEmpty() {
        return places.isEmpty() && members.isEmpty();
    }

    public void onReady(WorkerRecord member, Demand demand, Duration startup) {
        member.demand = demand;
        member.startup = startup;
        member.state = member.state == WorkerRecord.State.STARTING ? WorkerRecord.State.IDLE : member.state;
        spares.onReady();
    }

    /** Its worker has brought an outcome, so the place is sound. */
    public void onOutcome(WorkerRecord member) {
        placeOf(member).ifPresent(place -> place.barrenDeaths = 0);
    }

    /** Something that failed has rested long enough. */
    public void onRested(int index) {
        WorkerSlot place = places.get(index);
        if (place != null) {
            place.isResting = false;
        } else if (index == WorkerRecord.SPARE) {
            spares.onRested();
        }
    }

    /** Closes a place; it is returned if it is gone at once, since no process is left of it. */
    public Optional<WorkerSlot> stop(int index) {
        WorkerSlot place = places.get(index);
        if (place == null || place.isStopping) {
            return Optional.empty();
        }
        place.isStopping = true;
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
        members.remove(member.process);
        if (member.isSpare()) {
            return spareGone(member);
        }
        WorkerSlot place = places.get(member.index);
        if (place == null) {
            return Departure.DISMISSED;
        }
        boolean wasWorker = place.worker == member;
        boolean wasSuccessor = place.successor == member;
        place.worker = wasWorker ? place.successor : place.worker;
        place.successor = wasWorker || wasSuccessor ? null : place.successor;
        if (place.isStopping) {
            return removeIfEmpty(place) ? Departure.STOPPED : Departure.DISMISSED;
        }
        if (wasSuccessor) {
            place.successorFailures++;
            place.isResting = true;
            return Departure.REPLACED;
        }
        return wasWorker ? vacated(place, cause) : Departure.DISMISSED;
    }

    private Departure spareGone(WorkerRecord member) {
        if (member.isGoing() || isClosing) {
            return Departure.DISMISSED;
        }
        spares.onLost();
        return Departure.SPARE_LOST;
    }

    private Departure vacated(WorkerSlot place, Cause cause) {
        place.startFailures += cause == Cause.START_FAILURE ? 1 : 0;
        place.barrenDeaths += cause == Cause.DEATH ? 1 : 0;
        if (place.worker != null) {
            return Departure.REPLACED;
        }
        if (place.startFailures >= settings.maxStartFailures()) {
            places.remove(place.index());
            return Departure.GIVEN_UP;
        }
        place.isResting = cause == Cause.START_FAILURE || (cause == Cause.DEATH && place.barrenDeaths > 1);
        return Departure.REPLACED;
    }

    private boolean removeIfEmpty(WorkerSlot place) {
        boolean isEmpty = members.values().stream().noneMatch(member -> member.index == place.index());
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
            if (place.isStopping) {
                members.values().stream()
                        .filter(member -> member.index == place.index())
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
        if (place.worker == null) {
            place.worker = spares.take(place, members.values());
        }
        if (place.worker == null && !place.isResting) {
            place.worker = launch(place.spec, place.index(), orders);
        }
        if (place.worker != null && place.worker.isReadyForWork()) {
            employ(place, place.worker, orders);
        }
    }

    private void replaceWorn(List<PoolAction> orders) {
        long underWay = members.values().stream().filter(this::isReplaced).count();
        for (WorkerSlot place : places.values()) {
            underWay += place.successor == null ? 0 : 1;
        }
        long most = Math.max(1, places.size() / REPLACED_AT_A_TIME);
        for (WorkerSlot place : places.values()) {
            WorkerRecord worker = place.worker;
            if (worker == null || !worker.isWorn || place.isStopping) {
                continue;
            }
            if (place.successor == null && underWay < most) {
                place.successor = spares.take(place, members.values());
                if (place.successor == null && !place.isResting) {
                    place.successor = launch(place.spec, place.index(), orders);
                }
                underWay += place.successor == null ? 0 : 1;
            }
            WorkerRecord successor = place.successor;
            if (successor != null && successor.isReadyForWork()) {
                place.worker = successor;
                place.successor = null;
                employ(place, successor, orders);
                letGo(worker, orders);
            }
        }
    }

    /** It is on its way out, and its place is filled all the same. */
    private boolean isReplaced(WorkerRecord member) {
        return member.isGoing()
                && place(member.index).filter(place -> !place.isStopping).isPresent();
    }

    private void keepSpares(List<PoolAction> orders) {
        spares.unwanted(places.values(), members.values()).forEach(member -> dismiss(member, orders));
        spares.missing(places.values(), members.values())
                .forEach(spec -> launch(spec.asSpare(), WorkerRecord.SPARE, orders));
    }

    private void rest(List<PoolAction> orders) {
        for (WorkerSlot place : places.values()) {
            if (place.isResting) {
                int failures = Math.max(Math.max(place.startFailures, place.barrenDeaths), place.successorFailures);
                orders.add(new PoolAction.Rest(place.index(), settings.backoff(failures)));
            }
        }
        spares.rest().ifPresent(orders::add);
    }

    private WorkerRecord launch(WorkerSpec spec, int index, List<PoolAction> orders) {
        WorkerRecord member = new WorkerRecord(++lastProcess, spec, index);
        members.put(member.process, member);
        orders.add(new PoolAction.Launch(member));
        return member;
    }

    private static void employ(WorkerSlot place, WorkerRecord member, List<PoolAction> orders) {
        member.state = WorkerRecord.State.AT_WORK;
        place.successorFailures = 0;
        place.startFailures = 0;
        orders.add(new PoolAction.Employ(place, member));
    }

    /** Who is at work may finish what it runs. */
    private static void letGo(WorkerRecord member, List<PoolAction> orders) {
        if (member.state == WorkerRecord.State.AT_WORK) {
            member.state = WorkerRecord.State.DRAINING;
            orders.add(new PoolAction.Drain(member));
        } else if (member.state != WorkerRecord.State.DRAINING) {
            dismiss(member, orders);
        }
    }

    private static void dismiss(WorkerRecord member, List<PoolAction> orders) {
        if (member.state != WorkerRecord.State.ENDING) {
            member.state = WorkerRecord.State.ENDING;
            orders.add(new PoolAction.End(member));
        }
    }

    public Collection<WorkerRecord> members() {
        return members.values();
    }
}
