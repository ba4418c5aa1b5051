package dev.pipelinebox.internal.cluster.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.cluster.tls.Refusal.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalLogTest {

    private final List<String> lines = new ArrayList<>();
    private long seconds = -5;
    private final RefusalLog log =
            new RefusalLog(() -> Duration.ofSeconds(seconds).toNanos(), lines::add);

    @Test
    void eachCauseHasALineAMinute() {
        add(Cause.REVOKED, "a");
        add(Cause.REVOKED, "b");
        add(Cause.EXPIRED, "c");
        seconds += 59;
        add(Cause.REVOKED, "d");
        seconds += 1;
        add(Cause.REVOKED, "e");
        seconds += 60;
        add(Cause.REVOKED, "f");

        assertThat(lines).containsExactly("a", "c", "e (2 more since the last line of this kind)", "f");
    }

    private void add(Cause cause, String message) {
        log.add(new Refusal(cause, true, message));
    }
}
