package dev.pipelinebox.internal.hosts;

import dev.pipelinebox.api.HostHandle;
import dev.pipelinebox.api.PoolEvent.HostSilent.Direction;
import dev.pipelinebox.internal.task.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The hosts of a master: which there are, which get workers, and which of them are gone, so that tasks may run elsewhere.
 * Pure state: it is told what happened, and {@link #takeChanges()} then returns what came of it. Times are nanoseconds
 * during which this JVM was not suspended. Not thread-safe.
 */
public final class HostTable {

    private static final HostId LOCAL = new HostId(HostHandle.LOCAL, 0);

    private final HostSettings settings;
    private final Map<HostId, HostEntry> hosts = new LinkedHashMap<>();
    private final Map<Long, HostEntry> hostOfProcess = new HashMap<>();
    private final List<HostChange> changes = new ArrayList<>();
    private boolean hasMasterJustComeBack;

    /** A table with the master's own machine, if that is a host; its facts have the name {@link HostHandle#LOCAL}. */
    public HostTable(HostSettings settings, Optional<HostFacts> local) {
        this.settings = settings;
        local.ifPresent(facts -> {
            HostEntry entry = new HostEntry(LOCAL, facts, settings, null);
            hosts.put(LOCAL, entry);
            onJoined(entry);
        });
    }

    /**
     * A host wants to join. It gets workers once a request of its for a lease shows that it has heard an answer.
     *
     * @return why it is refused, for its user to read, or empty
     */
    public Optional<String> join(HostId id, HostFacts facts, long now) {
        if (hosts.containsKey(id)) {
            return Optional.empty();
        }
        Optional<String> refusal = refusal(facts, now);
        if (refusal.isEmpty()) {
            hosts.put(id, new HostEntry(id, facts, settings, new LeaseContact(now)));
        }
        return refusal;
    }

    private Optional<String> refusal(HostFacts facts, long now) {
        String name = facts.name();
        if (!facts.protocol().covers(settings.protocol())) {
            return Optional.of("This master speaks version " + settings.protocol() + " of the protocol and host " + name
                    + " " + facts.protocol() + "; take the pipelinebox-host.jar of the master's version");
        }
        if (name.equals(HostHandle.LOCAL)) {
            return Optional.of("\"" + name + "\" is the name of the master's own machine; give another by --name");
        }
        return hosts.values().stream()
                .filter(other -> other.id().name().equals(name))
                .filter(other -> other.isHeard(Durations.nanos(settings.silentAfter()), now))
                .findFirst()
                .map(other -> "A host of the name " + name + " is there already, at "
                        + other.facts().address() + "; give this one another by --name, or try again in "
                        + Durations.shown(settings.silentAfter()) + " if that one was just ended");
    }

    /**
     * A host asks for its lease, and tells the last of its requests that was answered.
     *
     * @return whether to answer; if not, the host is none any more, and must end its workers
     */
    public boolean onLeaseRequest(HostId id, long number, long lastAnswered, long now) {
        Optional<HostEntry> known = find(id).filter(entry -> !entry.isExcluded());
        known.ifPresent(entry -> entry.contact().ifPresent(contact -> {
            contact.onRequest(number, lastAnswered, now);
            if (contact.isConfirmed() && !entry.hasJoined()) {
                onJoined(entry);
            }
            look(entry, contact, now);
        }));
        return known.isPresent();
    }

    private void onJoined(HostEntry entry) {
        entry.join();
        changes.add(new HostChange.Joined(entry.id(), entry.facts()));
        entry.unsuitability().ifPresent(reason -> changes.add(new HostChange.Unsuitable(entry.id(), reason)));
    }

    /** A host says that it has ended its workers and leaves. */
    public void onGoodbye(HostId id) {
        find(id).ifPresent(entry -> changes.add(new HostChange.Left(id, remove(entry))));
    }

    /**
     * A host may not go on, since the cluster has removed it or its key was revoked. Its lease is not renewed any more, and
     * it counts as lost when that has expired.
     */
    public void exclude(HostId id, String cause) {
        find(id).ifPresent(entry -> entry.exclude(cause));
    }

    /** A host cannot run workers, for any reason of its own. */
    public void onUnsuitable(HostId id, String reason) {
        find(id).ifPresent(entry -> {
            entry.unsuitable(reason);
            changes.add(new HostChange.Unsuitable(id, reason));
        });
    }

    /** That reason is gone. */
    public void onSuitable(HostId id) {
        find(id).filter(entry -> entry.unsuitability().isPresent()).ifPresent(entry -> {
            entry.unsuitable("");
            if (entry.unsuitability().isEmpty()) {
                changes.add(new HostChange.Suitable(id));
            }
        });
    }

    public void drain(HostId id) {
        find(id).ifPresent(entry -> {
            entry.drain(true);
            tellIfDrained(entry);
        });
    }

    public void resume(HostId id) {
        find(id).ifPresent(entry -> entry.drain(false));
    }

    /**
     * Time has passed. Hosts that were silent for too long are lost. If this JVM itself stood still until just now, the
     * silence until then does not count.
     */
    public void tick(long now, boolean hasJustComeBack) {
        boolean isNews = hasJustComeBack && !hasMasterJustComeBack;
        hasMasterJustComeBack = hasJustComeBack;
        List.copyOf(hosts.values())
                .forEach(entry -> entry.contact().ifPresent(contact -> {
                    if (isNews) {
                        contact.restart(now);
                    }
                    check(entry, contact, now);
                }));
    }

    private void check(HostEntry entry, LeaseContact contact, long now) {
        long timeout = Durations.nanos(settings.leases().timeout());
        if (contact.silence(now) >= timeout) {
            String cause = entry.lossCause(contact.silence(now));
            changes.add(new HostChange.Lost(entry.id(), cause, remove(entry)));
            return;
        }
        if (contact.silence(Direction.TO_HOST, now) >= timeout && entry.hasJoined()) {
            entry.exclude("it has not heard the master for " + shown(contact.silence(Direction.TO_HOST, now))
                    + ", though the master hears it");
        }
        look(entry, contact, now);
    }

    private void look(HostEntry entry, LeaseContact contact, long now) {
        Optional<Direction> silent = contact.silent(Durations.nanos(settings.silentAfter()), now);
        if (silent.isPresent() == entry.isSilent() || !entry.hasJoined()) {
            return;
        }
        entry.silent(silent.isPresent());
        changes.add(silent.<HostChange>map(direction ->
                        new HostChange.Silent(entry.id(), Duration.ofNanos(contact.silence(direction, now)), direction))
                .orElseGet(() -> new HostChange.HeardAgain(entry.id())));
    }

    /** Chooses the host of a process and keeps there what it takes, until it is released. */
    public PlacementResult place(long process, WorkerNeeds needs, long now) {
        if (hostOfProcess.containsKey(process)) {
            throw new IllegalStateException("Process " + process + " has a host already");
        }
        return Placement.choose(hosts.values(), needs, now)
                .<PlacementResult>map(entry -> {
                    entry.load().take(process, needs);
                    hostOfProcess.put(process, entry);
                    return new PlacementResult.Placed(entry.id(), entry.java(needs));
                })
                .orElseGet(() -> new PlacementResult.Unplaced(PlacementReport.of(hosts.values(), needs, now)));
    }

    /** The worker of a process was built. */
    public void onStarted(long process) {
        onHostOf(process, entry -> entry.starts().onSuccess());
    }

    /**
     * A process is gone before its worker was built.
     *
     * @return whether it may well start on another host; otherwise the failure is that of the worker
     */
    public boolean onStartFailed(long process, String reason, long now) {
        HostEntry failed = hostOfProcess.get(process);
        if (failed == null) {
            return false;
        }
        failed.starts().onFailure(reason, now);
        WorkerNeeds needs = giveBack(process, failed);
        return hosts.values().stream()
                .filter(other -> other != failed && !other.starts().hasFailedLately(now))
                .anyMatch(other -> Placement.fits(other, needs, now));
    }

    /** A process is gone; one of a host that is gone is released already. */
    public void release(long process) {
        onHostOf(process, entry -> giveBack(process, entry));
    }

    private WorkerNeeds giveBack(long process, HostEntry entry) {
        hostOfProcess.remove(process);
        WorkerNeeds needs = entry.load().giveBack(process);
        tellIfDrained(entry);
        return needs;
    }

    /** For how many such workers there is room on all hosts; at most {@link Integer#MAX_VALUE}. */
    public int room(WorkerNeeds needs, boolean isPerProcessor, long now) {
        long room = hosts.values().stream()
                .filter(entry -> Placement.fits(entry, needs, now))
                .mapToLong(entry -> entry.load().room(needs, isPerProcessor))
                .sum();
        return (int) Math.min(room, Integer.MAX_VALUE);
    }

    /** The host of a process, if it has one that is there. */
    public Optional<HostId> hostOf(long process) {
        return Optional.ofNullable(hostOfProcess.get(process)).map(HostEntry::id);
    }

    public Optional<HostStatus> status(HostId id) {
        return find(id).map(HostEntry::status);
    }

    /** All hosts, in the order of joining. */
    public List<HostStatus> statuses() {
        return hosts.values().stream().map(HostEntry::status).toList();
    }

    /** The processes of a host. */
    public Collection<Long> processes(HostId id) {
        return find(id).map(entry -> entry.load().processes()).orElse(List.of());
    }

    /** What became of hosts since this was called last. To be called after each event. */
    public List<HostChange> takeChanges() {
        List<HostChange> taken = List.copyOf(changes);
        changes.clear();
        return taken;
    }

    static String shown(long nanos) {
        return Durations.shown(Duration.ofSeconds(Duration.ofNanos(nanos).toSeconds()));
    }

    private Optional<HostEntry> find(HostId id) {
        return Optional.ofNullable(hosts.get(id));
    }

    private void onHostOf(long process, Consumer<HostEntry> action) {
        Optional.ofNullable(hostOfProcess.get(process)).ifPresent(action);
    }

    private List<Long> remove(HostEntry entry) {
        hosts.remove(entry.id());
        List<Long> processes = entry.load().processes();
        processes.forEach(hostOfProcess::remove);
        return processes;
    }

    private void tellIfDrained(HostEntry entry) {
        if (entry.hasJustDrained()) {
            changes.add(new HostChange.Drained(entry.id()));
        }
    }
}
