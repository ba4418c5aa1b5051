package dev.pipelinebox.internal.cluster.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    private final AtomicLong now = new AtomicLong(-5);
    private final List<Long> reports = new ArrayList<>();
    private final Refusals refusals = new Refusals(now::get, reports::add);

    @Test
    void theFirstIsReportedAtOnce() {
        refusals.onRefused();

        assertThat(reports).containsExactly(1L);
    }

    @Test
    void thoseOfAMinuteAreReportedTogether() {
        for (int i = 0; i < 1000; i++) {
            refusals.onRefused();
        }
        assertThat(reports).containsExactly(1L);

        now.addAndGet(Duration.ofMinutes(1).toNanos());
        refusals.onRefused();
        refusals.onRefused();

        assertThat(reports).containsExactly(1L, 1000L);
    }
}
