package dev.pipelinebox.master;

import dev.pipelinebox.protocol.Demand;
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
final class Workforce {

    /** So many of the workers, but at least one, are replaced at a time: each is there twice meanwhile. */
    private static final int REPLACED_AT_A_TIME = 4;

    private final PoolSettings settings;
    private final Map<Integer, Place> places = new TreeMap<>();
    private final Map<Long, PoolMember> members = new LinkedHashMap<>();
    private long lastProcess;
    private final Spares spares;
    private boolean isClosing;

    /** Why a process is gone. */
    enum Cause {
        /** Its worker could not be built. */
        START_FAILURE,
        /** It was killed by us or by a task that is known to, which says nothing about the place. */
        EXPLAINED,
        /** It died otherwise. */
        DEATH
    }

    /** What the end of a process means. */
    enum Departure {
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

    Workforce(PoolSettings settings) {
        this.settings = settings;
        this.spares = new Spares(settings);
    }

    Place add(WorkerSpec spec, WorkerSlot slot) {
        Place place = new Place(spec, slot);
        places.put(spec.index(), place);
        return place;
    }

    @Nullable
    PoolMember member(long process) {
        return members.get(process);
    }

    Optional<Place> place(int index) {
        return Optional.ofNullable(places.get(index));
    }

    /** The place that this process fills or is being built for, as its worker; none for spares and successors. */
    Optional<Place> placeOf(PoolMember member) {
        return Optional.ofNullable(places.get(member.index)).filter(place -> place.worker == member);
    }

    Headcount headcount() {
        int ready = (int) places.values().stream().filter(Place::isFilled).count();
        int staying = (int)
                places.values().stream().filter(place -> !place.isStopping).count();
        return new Headcount(ready, staying - ready);
    }

    boolean hasNoPlace() {
        return places.isEmpty();
    }

    boolean isEmpty() {
        return places.isEmpty() && members.isEmpty();
    }

    void onReady(PoolMember member, Demand demand, Duration startup) {
        member.demand = demand;
        member.startup = startup;
        member.state = member.state == PoolMember.State.STARTING ? PoolMember.State.IDLE : member.state;
        spares.onReady();
    }

    /** Its worker has brought an outcome, so the place is sound. */
    void onOutcome(PoolMember member) {
        placeOf(member).ifPresent(place -> place.barrenDeaths = 0);
    }

    /** Something that failed has rested long enough. */
    void onRested(int index) {
        Place place = places.get(index);
        if (place != null) {
            place.isResting = false;
        } else if (index == PoolMember.SPARE) {
            spares.onRested();
        }
    }

    /** Closes a place; it is returned if it is gone at once, since no process is left of it. */
    Optional<Place> stop(int index) {
        Place place = places.get(index);
        if (place == null || place.isStopping) {
            return Optional.empty();
        }
        place.isStopping = true;
        return removeIfEmpty(place) ? Optional.of(place) : Optional.empty();
    }

    /** Closes all places; those that are gone at once are returned. */
    List<Place> close() {
        isClosing = true;
        return List.copyOf(places.keySet()).stream()
                .flatMap(index -> stop(index).stream())
                .toList();
    }

    /** A process is gone. */
    Departure onGone(PoolMember member, Cause cause) {
        members.remove(member.process);
        if (member.isSpare()) {
            return spareGone(member);
        }
        Place place = places.get(member.index);
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

    private Departure spareGone(PoolMember member) {
        if (member.isGoing() || isClosing) {
            return Departure.DISMISSED;
        }
        spares.onLost();
        return Departure.SPARE_LOST;
    }

    private Departure vacated(Place place, Cause cause) {
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

    private boolean removeIfEmpty(Place place) {
        boolean isEmpty = members.values().stream().noneMatch(member -> member.index == place.index());
        if (isEmpty) {
            places.remove(place.index());
        }
        return isEmpty;
    }

    /** What has to be done now. To be asked after everything that was told, and done in this order. */
    List<Order> plan() {
        List<Order> orders = new ArrayList<>();
        if (isClosing) {
            members.values().forEach(member -> dismiss(member, orders));
            return orders;
        }
        for (Place place : places.values()) {
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

    private void fill(Place place, List<Order> orders) {
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

    private void replaceWorn(List<Order> orders) {
        long underWay = members.values().stream().filter(this::isReplaced).count();
        for (Place place : places.values()) {
            underWay += place.successor == null ? 0 : 1;
        }
        long most = Math.max(1, places.size() / REPLACED_AT_A_TIME);
        for (Place place : places.values()) {
            PoolMember worker = place.worker;
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
            PoolMember successor = place.successor;
            if (successor != null && successor.isReadyForWork()) {
                place.worker = successor;
                place.successor = null;
                employ(place, successor, orders);
                letGo(worker, orders);
            }
        }
    }

    /** It is on its way out, and its place is filled all the same. */
    private boolean isReplaced(PoolMember member) {
        return member.isGoing()
                && place(member.index).filter(place -> !place.isStopping).isPresent();
    }

    private void keepSpares(List<Order> orders) {
        spares.unwanted(places.values(), members.values()).forEach(member -> dismiss(member, orders));
        spares.missing(places.values(), members.values())
                .forEach(spec -> launch(spec.asSpare(), PoolMember.SPARE, orders));
    }

    private void rest(List<Order> orders) {
        for (Place place : places.values()) {
            if (place.isResting) {
                int failures = Math.max(Math.max(place.startFailures, place.barrenDeaths), place.successorFailures);
                orders.add(new Order.Rest(place.index(), settings.backoff(failures)));
            }
        }
        spares.rest().ifPresent(orders::add);
    }

    private PoolMember launch(WorkerSpec spec, int index, List<Order> orders) {
        PoolMember member = new PoolMember(++lastProcess, spec, index);
        members.put(member.process, member);
        orders.add(new Order.Launch(member));
        return member;
    }

    private static void employ(Place place, PoolMember member, List<Order> orders) {
        member.state = PoolMember.State.AT_WORK;
        place.successorFailures = 0;
        place.startFailures = 0;
        orders.add(new Order.Employ(place, member));
    }

    /** Who is at work may finish what it runs. */
    private static void letGo(PoolMember member, List<Order> orders) {
        if (member.state == PoolMember.State.AT_WORK) {
            member.state = PoolMember.State.DRAINING;
            orders.add(new Order.Drain(member));
        } else if (member.state != PoolMember.State.DRAINING) {
            dismiss(member, orders);
        }
    }

    private static void dismiss(PoolMember member, List<Order> orders) {
        if (member.state != PoolMember.State.ENDING) {
            member.state = PoolMember.State.ENDING;
            orders.add(new Order.End(member));
        }
    }

    Collection<PoolMember> members() {
        return members.values();
    }
}
