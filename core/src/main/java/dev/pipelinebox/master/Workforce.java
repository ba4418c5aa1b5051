package dev.pipelinebox.master;

import dev.pipelinebox.protocol.Demand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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
    private int spareFailures;
    private boolean sparesRest;
    private boolean isClosing;

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

    /** The place that this process fills or is being built for, as its worker; none for spares and successors. */
    Optional<Place> placeOf(PoolMember member) {
        return Optional.ofNullable(places.get(member.index)).filter(place -> place.worker == member);
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
        spareFailures = 0;
    }

    /** Its worker has brought an outcome, so the place is sound. */
    void onOutcome(PoolMember member) {
        placeOf(member).ifPresent(place -> place.failures = 0);
    }

    /** Something that failed has rested long enough. */
    void onRested(int index) {
        Place place = places.get(index);
        if (place != null) {
            place.isResting = false;
        } else if (index == PoolMember.SPARE) {
            sparesRest = false;
        }
    }

    /** Closes a place; empty if there is none that is open. If nobody fills it, it is gone at once. */
    Optional<Place> stop(int index) {
        Place place = places.get(index);
        if (place == null || place.isStopping) {
            return Optional.empty();
        }
        place.isStopping = true;
        if (place.worker == null) {
            places.remove(index);
        }
        return Optional.of(place);
    }

    /** Closes all places; those that nobody fills are returned, and gone. */
    List<Place> close() {
        isClosing = true;
        return List.copyOf(places.keySet()).stream()
                .flatMap(index -> stop(index).stream())
                .filter(place -> place.worker == null)
                .toList();
    }

    /** A process is gone. */
    Departure onGone(PoolMember member, boolean wasStartFailure) {
        members.remove(member.process);
        Place place = places.get(member.index);
        if (member.isSpare()) {
            if (member.isGoing() || isClosing) {
                return Departure.DISMISSED;
            }
            spareFailures++;
            sparesRest = true;
            return Departure.SPARE_LOST;
        }
        if (place != null && place.successor == member) {
            place.successor = null;
            place.successorFailures++;
            place.isResting = !place.isStopping;
            return place.isStopping ? Departure.DISMISSED : Departure.REPLACED;
        }
        if (place == null || place.worker != member) {
            return Departure.DISMISSED;
        }
        place.worker = place.successor;
        place.successor = null;
        return vacated(place, wasStartFailure);
    }

    private Departure vacated(Place place, boolean wasStartFailure) {
        boolean isInheritedBySuccessor = place.worker != null;
        place.failures++;
        boolean isGivenUp = wasStartFailure && place.failures >= settings.maxStartFailures();
        if (isInheritedBySuccessor) {
            return place.isStopping ? Departure.DISMISSED : Departure.REPLACED;
        }
        if (place.isStopping) {
            places.remove(place.index());
            return Departure.STOPPED;
        }
        if (isGivenUp) {
            places.remove(place.index());
            return Departure.GIVEN_UP;
        }
        place.isResting = wasStartFailure || place.failures > 1;
        return Departure.REPLACED;
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
                dismiss(place.worker, orders);
                dismiss(place.successor, orders);
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
            place.worker = takeSpare(place);
        }
        if (place.worker == null && !place.isResting) {
            place.worker = launch(place.spec, place.index(), orders);
        }
        if (place.worker != null && place.worker.state == PoolMember.State.IDLE) {
            employ(place, place.worker, orders);
        }
    }

    private void replaceWorn(List<Order> orders) {
        long underWay = places.values().stream()
                .filter(place -> place.successor != null)
                .count();
        long most = Math.max(1, places.size() / REPLACED_AT_A_TIME);
        for (Place place : places.values()) {
            PoolMember worker = place.worker;
            if (worker == null || !worker.isWorn || place.isStopping) {
                continue;
            }
            if (place.successor == null) {
                place.successor = takeSpare(place);
            }
            if (place.successor == null && underWay < most && !place.isResting) {
                place.successor = launch(place.spec, place.index(), orders);
                underWay++;
            }
            PoolMember successor = place.successor;
            if (successor != null && successor.state == PoolMember.State.IDLE) {
                place.worker = successor;
                place.successor = null;
                employ(place, successor, orders);
                worker.state = PoolMember.State.DRAINING;
                orders.add(new Order.Drain(worker));
            }
        }
    }

    /** Spares are for places that are in order: no place waits while a spare is built. */
    private void keepSpares(List<Order> orders) {
        Map<Object, Place> kinds = new HashMap<>();
        places.values().stream()
                .filter(place -> !place.isStopping)
                .forEach(place -> kinds.putIfAbsent(place.spec.kind(), place));
        List.copyOf(members.values()).stream()
                .filter(member -> member.isSpare() && (member.isWorn || !kinds.containsKey(member.spec.kind())))
                .forEach(member -> dismiss(member, orders));
        if (sparesRest || spareFailures >= settings.maxStartFailures()) {
            return;
        }
        kinds.forEach((kind, place) -> {
            boolean allAtWork = places.values().stream()
                    .filter(other -> other.spec.kind().equals(kind))
                    .allMatch(other -> other.worker != null && other.worker.state == PoolMember.State.AT_WORK);
            long there = members.values().stream()
                    .filter(member -> isSpareOf(member, kind))
                    .count();
            for (long missing = allAtWork ? settings.spares() - there : 0; missing > 0; missing--) {
                launch(place.spec.asSpare(), PoolMember.SPARE, orders);
            }
        });
    }

    private void rest(List<Order> orders) {
        for (Place place : places.values()) {
            if (place.isResting) {
                int failures = Math.max(place.failures, place.successorFailures);
                orders.add(new Order.Rest(place.index(), settings.backoff(failures)));
            }
        }
        if (sparesRest) {
            orders.add(new Order.Rest(PoolMember.SPARE, settings.backoff(spareFailures)));
        }
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
        orders.add(new Order.Employ(place, member));
    }

    private static void dismiss(@Nullable PoolMember member, List<Order> orders) {
        if (member != null && member.state != PoolMember.State.ENDING) {
            member.state = PoolMember.State.ENDING;
            orders.add(new Order.End(member));
        }
    }

    /** Gives a spare that is built and fits to the place. */
    private @Nullable PoolMember takeSpare(Place place) {
        for (PoolMember member : members.values()) {
            if (isSpareOf(member, place.spec.kind()) && member.state == PoolMember.State.IDLE) {
                member.index = place.index();
                place.isResting = false;
                return member;
            }
        }
        return null;
    }

    private static boolean isSpareOf(PoolMember member, Object kind) {
        return member.isSpare()
                && !member.isGoing()
                && !member.isWorn
                && member.spec.kind().equals(kind);
    }

    Collection<PoolMember> members() {
        return members.values();
    }
}
