package dev.pipelinebox.internal.pool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
                ? Optional.of(new PoolAction.Rest(WorkerRecord.SPARE, settings.backoff(failures)))
                : Optional.empty();
    }

    /** Gives a spare that is fit to the place. */
    @Nullable
    WorkerRecord take(WorkerSlot place, Collection<WorkerRecord> members) {
        for (WorkerRecord member : members) {
            if (member.isFitForWork() && isSpareOf(member, place.spec.kind())) {
                member.index = place.index();
                place.isResting = false;
                return member;
            }
        }
        return null;
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
                .filter(member -> member.isWorn || !kinds.containsKey(member.spec.kind()))
                .toList();
    }

    /** What spares are missing, each by what it is to be built from. */
    List<WorkerSpec> missing(Collection<WorkerSlot> places, Collection<WorkerRecord> members) {
        List<WorkerSpec> missing = new ArrayList<>();
        if (settings.spares() == 0 || isResting || failures >= settings.maxStartFailures()) {
            return missing;
        }
        kinds(places).forEach((kind, spec) -> {
            boolean allAtWork = places.stream()
                    .filter(place -> place.spec.kind().equals(kind))
                    .allMatch(place -> place.worker != null && place.worker.state == WorkerRecord.State.AT_WORK);
            long there =
                    members.stream().filter(member -> isSpareOf(member, kind)).count();
            for (long more = allAtWork ? settings.spares() - there : 0; more > 0; more--) {
                missing.add(spec);
            }
        });
        return missing;
    }

    private static Map<WorkerKind, WorkerSpec> kinds(Collection<WorkerSlot> places) {
        Map<WorkerKind, WorkerSpec> kinds = new HashMap<>();
        places.stream()
                .filter(place -> !place.isStopping)
                .forEach(place -> kinds.putIfAbsent(place.spec.kind(), place.spec));
        return kinds;
    }

    private static boolean isSpareOf(WorkerRecord member, WorkerKind kind) {
        return member.isSpare()
                && !member.isGoing()
                && !member.isWorn
                && member.spec.kind().equals(kind);
    }
}
