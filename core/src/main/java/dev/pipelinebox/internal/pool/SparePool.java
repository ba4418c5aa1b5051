package dev.pipelinebox.internal.pool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which warm spares there should be: for each kind of worker so many, once all places of the kind are at work, since no
 * place waits while a spare is built. Pure state, as {@link PoolPlan}, whose part it is.
 */
final class SparePool {

    private final PoolSettings settings;
    private int failures;
    private boolean isResting;

    SparePool(PoolSettings settings) {
        this.settings = settings;
    }

    /** Some worker was built, so it can be done. */
    void onReady() {
        failures = 0;
    }

    void onLost() {
        failures++;
        isResting = true;
    }

    void onRested() {
        isResting = false;
    }

    /** Until when nothing is tried again, after a failure. */
    Optional<PoolAction> rest() {
        return isResting
                ? Optional.of(new PoolAction.Rest(
                        WorkerRecord.SPARE, settings.restart().backoff(failures)))
                : Optional.empty();
    }

    /** Gives a spare that is fit to the place, if there is one. */
    Optional<WorkerRecord> take(WorkerSlot place, Collection<WorkerRecord> members) {
        Optional<WorkerRecord> spare = members.stream()
                .filter(member ->
                        member.isFitForWork() && isSpareOf(member, place.spec().kind()))
                .findFirst();
        spare.ifPresent(member -> member.assign(place.index()));
        return spare;
    }

    /** The spares that nobody needs any more, or that are worn while they waited. */
    List<WorkerRecord> unwanted(Collection<WorkerSlot> places, Collection<WorkerRecord> members) {
        List<WorkerRecord> spares =
                members.stream().filter(WorkerRecord::isSpare).toList();
        if (spares.isEmpty()) {
            return spares;
        }
        Map<WorkerKind, WorkerSpec> kinds = kinds(places);
        return spares.stream()
                .filter(member ->
                        member.isWorn() || !kinds.containsKey(member.spec().kind()))
                .toList();
    }

    /** What spares are missing, each by what it is to be built from. */
    List<WorkerSpec> missing(Collection<WorkerSlot> places, Collection<WorkerRecord> members) {
        List<WorkerSpec> missing = new ArrayList<>();
        if (settings.spares() == 0
                || isResting
                || failures >= settings.restart().maxFailures()) {
            return missing;
        }
        kinds(places).forEach((kind, spec) -> {
            boolean allAtWork = places.stream()
                    .filter(place -> place.spec().kind().equals(kind))
                    .allMatch(SparePool::isAtWork);
            long there =
                    members.stream().filter(member -> isSpareOf(member, kind)).count();
            for (long more = allAtWork ? settings.spares() - there : 0; more > 0; more--) {
                missing.add(spec);
            }
        });
        return missing;
    }

    private static boolean isAtWork(WorkerSlot place) {
        WorkerRecord worker = place.worker();
        return worker != null && worker.isAtWork();
    }

    private static Map<WorkerKind, WorkerSpec> kinds(Collection<WorkerSlot> places) {
        Map<WorkerKind, WorkerSpec> kinds = new HashMap<>();
        places.stream()
                .filter(place -> !place.isStopping())
                .forEach(place -> kinds.putIfAbsent(place.spec().kind(), place.spec()));
        return kinds;
    }

    private static boolean isSpareOf(WorkerRecord member, WorkerKind kind) {
        return member.isSpare()
                && !member.isGoing()
                && !member.isWorn()
                && member.spec().kind().equals(kind);
    }
}
