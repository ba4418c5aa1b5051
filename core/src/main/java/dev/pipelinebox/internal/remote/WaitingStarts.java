package dev.pipelinebox.internal.remote;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Workers for which there is no host yet, in the order in which they came. Pure state. */
final class WaitingStarts {

    private final long unplacedNanos;
    private final long timeoutNanos;
    private final Map<Long, Waiting> all = new LinkedHashMap<>();

    private static final class Waiting {

        private final StartRequest request;
        private final long since;
        private String reason;
        private boolean isTold;

        private Waiting(StartRequest request, long since, String reason) {
            this.request = request;
            this.since = since;
            this.reason = reason;
        }
    }

    /**
     * A worker, and why it waits.
     *
     * @param request what is to be started
     * @param reason why no host fits
     */
    record Unplaced(StartRequest request, String reason) {}

    /**
     * None waits yet.
     *
     * @param unplaced after how long users are told of one
     * @param timeout after how long one is given up
     */
    WaitingStarts(Duration unplaced, Duration timeout) {
        this.unplacedNanos = unplaced.toNanos();
        this.timeoutNanos = timeout.toNanos();
    }

    void add(StartRequest request, String reason, long now) {
        Waiting waiting = all.computeIfAbsent(request.process(), fresh -> new Waiting(request, now, reason));
        waiting.reason = reason;
    }

    void remove(long process) {
        all.remove(process);
    }

    /** Removes it, if it waits. */
    Optional<StartRequest> take(long process) {
        return Optional.ofNullable(all.remove(process)).map(waiting -> waiting.request);
    }

    List<StartRequest> requests() {
        return all.values().stream().map(waiting -> waiting.request).toList();
    }

    /** Those of which users are to be told now; once each. */
    List<Unplaced> takeToTell(long now) {
        List<Unplaced> told = new ArrayList<>();
        for (Waiting waiting : all.values()) {
            if (!waiting.isTold && now - waiting.since >= unplacedNanos) {
                waiting.isTold = true;
                told.add(new Unplaced(waiting.request, waiting.reason));
            }
        }
        return told;
    }

    /** Those that have waited for too long. */
    List<Unplaced> takeOverdue(long now) {
        List<Unplaced> overdue = all.values().stream()
                .filter(waiting -> now - waiting.since >= timeoutNanos)
                .map(waiting -> new Unplaced(waiting.request, waiting.reason))
                .toList();
        overdue.forEach(unplaced -> all.remove(unplaced.request().process()));
        return overdue;
    }
}
