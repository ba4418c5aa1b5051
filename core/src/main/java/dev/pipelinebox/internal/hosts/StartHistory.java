package dev.pipelinebox.internal.hosts;

import dev.pipelinebox.internal.task.Backoff;
import dev.pipelinebox.internal.task.Durations;
import java.time.Duration;
import java.util.Optional;

/** The failed starts of one host, which gets no workers for some time after several in a row. */
final class StartHistory {

    private static final long LATELY = Duration.ofMinutes(1).toNanos();

    private final HostSettings.Rest settings;
    private int failures;
    private long failedAt;
    private long restsUntil;
    private String reason = "";

    StartHistory(HostSettings.Rest settings) {
        this.settings = settings;
    }

    void onSuccess() {
        failures = 0;
    }

    void onFailure(String newReason, long now) {
        failures++;
        failedAt = now;
        reason = newReason;
        int beyond = failures - settings.maxFailures();
        restsUntil = beyond < 0 ? now : Durations.later(now, Backoff.of(beyond + 1, settings.min(), settings.max()));
    }

    boolean hasFailedLately(long now) {
        return failures > 0 && now - failedAt < LATELY;
    }

    /** Why it gets no workers, if it does not. */
    Optional<String> rest(long now) {
        return failures > 0 && now < restsUntil
                ? Optional.of("rests for " + Duration.ofNanos(restsUntil - now).toSeconds() + " s more after "
                        + failures + " failed starts, the last since " + reason)
                : Optional.empty();
    }
}
