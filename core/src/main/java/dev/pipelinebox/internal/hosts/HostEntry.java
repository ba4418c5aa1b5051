package dev.pipelinebox.internal.hosts;

import dev.pipelinebox.api.HostState;
import dev.pipelinebox.api.JavaInstallation;
import dev.pipelinebox.internal.task.ShownText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One host of the table. */
final class HostEntry {

    private final HostId id;
    private final HostFacts facts;
    private final int classFeature;
    private final HostLoad load;
    private final StartHistory starts;
    /** That of the master's own machine is missing: it has no lease. */
    private final @Nullable LeaseContact contact;

    private boolean hasJoined;
    private boolean isSilent;
    private boolean isDraining;
    private boolean isDrained;
    private String unsuitable = "";
    private String excluded = "";

    HostEntry(HostId id, HostFacts facts, HostSettings settings, @Nullable LeaseContact contact) {
        this.id = id;
        this.facts = facts;
        this.classFeature = settings.classFeature();
        this.load = new HostLoad(facts);
        this.starts = new StartHistory(settings.rest());
        this.contact = contact;
    }

    HostId id() {
        return id;
    }

    HostFacts facts() {
        return facts;
    }

    HostLoad load() {
        return load;
    }

    StartHistory starts() {
        return starts;
    }

    Optional<LeaseContact> contact() {
        return Optional.ofNullable(contact);
    }

    /** Both sides reach each other. */
    void join() {
        hasJoined = true;
    }

    boolean hasJoined() {
        return hasJoined;
    }

    boolean isSilent() {
        return isSilent;
    }

    void silent(boolean silent) {
        isSilent = silent;
    }

    /** What the host said that keeps it from running workers; empty if nothing does. */
    void unsuitable(String reason) {
        unsuitable = reason;
    }

    /** Why it can run no workers, if it cannot. */
    Optional<String> unsuitability() {
        if (facts.newestJava() < classFeature) {
            return Optional.of("its newest Java is " + facts.newestJava() + " and the worker's classes need "
                    + classFeature + "; install that on it, and name it to the join command by --java");
        }
        return Optional.of(unsuitable).filter(reason -> !reason.isEmpty());
    }

    /** It may not go on; its leases are not renewed. */
    void exclude(String cause) {
        excluded = excluded.isEmpty() ? cause : excluded;
    }

    boolean isExcluded() {
        return !excluded.isEmpty();
    }

    void drain(boolean draining) {
        isDraining = draining;
        isDrained = false;
    }

    /** Tells once that it was asked to drain and has no worker. */
    boolean hasJustDrained() {
        boolean isNew = isDraining && !isDrained && load.workers() == 0;
        isDrained |= isNew;
        return isNew;
    }

    /** Whether it was heard within that time. */
    boolean isHeard(long silentAfter, long now) {
        return contact == null || (!isExcluded() && contact.silence(now) < silentAfter);
    }

    String lossCause(long silence) {
        return isExcluded() ? excluded : "nothing was heard from it for " + HostTable.shown(silence);
    }

    HostState state() {
        if (isExcluded()) {
            return HostState.SILENT;
        } else if (!hasJoined) {
            return HostState.JOINED;
        } else if (isSilent) {
            return HostState.SILENT;
        } else if (unsuitability().isPresent()) {
            return HostState.UNSUITABLE;
        } else if (isDraining) {
            return load.workers() == 0 ? HostState.DRAINED : HostState.DRAINING;
        }
        return HostState.SUITABLE;
    }

    HostStatus status() {
        HostState state = state();
        String reason = state == HostState.UNSUITABLE ? unsuitability().orElseThrow() : excluded;
        return new HostStatus(id, facts, state, reason, load.workers());
    }

    /** Why such a worker cannot run here now, if it cannot; whether it is the host that was named is not looked at. */
    Optional<String> misfit(WorkerNeeds needs, long now) {
        return unavailable()
                .or(() -> missingLabel(needs))
                .or(() -> missingJava(needs))
                .or(() -> load.lacks(needs))
                .or(() -> starts.rest(now));
    }

    /** The installation for such a worker. */
    Optional<JavaInstallation> java(WorkerNeeds needs) {
        List<JavaInstallation> all = needs.hasJavaHome() ? List.of() : facts.java();
        Optional<Integer> wanted = needs.requirements().java();
        return all.stream()
                .filter(java -> java.feature() >= classFeature)
                .filter(java -> wanted.isEmpty() || wanted.get() == java.feature())
                .findFirst();
    }

    private Optional<String> unavailable() {
        return switch (state()) {
            case SUITABLE -> Optional.empty();
            case JOINED -> Optional.of("is joining");
            case SILENT -> Optional.of("is silent");
            case DRAINING, DRAINED -> Optional.of("is drained until it is resumed");
            case UNSUITABLE -> unsuitability().map(reason -> "cannot run these workers: " + reason);
            case LOST -> Optional.of("is lost");
        };
    }

    private Optional<String> missingLabel(WorkerNeeds needs) {
        for (Map.Entry<String, String> label : needs.requirements().labels().entrySet()) {
            String value = facts.labels().get(label.getKey());
            if (!label.getValue().equals(value)) {
                return Optional.of(ShownText.of(
                        value == null
                                ? "has no label " + label.getKey()
                                : "has label " + label.getKey() + "=" + value));
            }
        }
        return Optional.empty();
    }

    private Optional<String> missingJava(WorkerNeeds needs) {
        return needs.requirements()
                .java()
                .filter(feature -> !needs.hasJavaHome())
                .filter(feature -> feature < classFeature || !facts.hasJava(feature))
                .map(feature -> feature < classFeature
                        ? "runs classes that need Java " + classFeature + " on no older one"
                        : "has no Java " + feature);
    }
}
