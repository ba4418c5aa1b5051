package dev.pipelinebox.internal.link.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pipelinebox.internal.task.Payloads;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeJoinerTest {

    private static final byte[] SMALL = {1};

    private final OutcomeJoiner joiner = new OutcomeJoiner();

    @Test
    void resultsOfConsecutiveTasksAreJoined() {
        joiner.addResult(1, 1, SMALL);
        joiner.addResult(2, 1, null);
        joiner.addResult(3, 1, SMALL);

        assertThat(joiner.count()).isEqualTo(3);
        assertThat(joiner.take()).singleElement().satisfies(joined -> {
            assertThat(joined.firstId()).isEqualTo(1);
            assertThat(joined.payloads().get(1)).isNull();
            assertThat(joined.payloads().get(2)).isEqualTo(SMALL);
        });
        assertThat(joiner.take()).isEmpty();
    }

    @Test
    void whatDiffersIsApart() {
        joiner.addResult(1, 1, SMALL);
        joiner.addResult(2, 2, SMALL);
        joiner.addResult(4, 2, SMALL);
        joiner.addFailure(5, 2, SMALL);
        joiner.addResult(6, 2, new byte[Payloads.ALONE_BYTES]);
        joiner.addResult(7, 2, SMALL);
        joiner.addResult(8, 2, SMALL);

        assertThat(joiner.count()).isEqualTo(7);
        assertThat(joiner.take())
                .extracting(OutcomeEnvelope::firstId, OutcomeEnvelope::count, OutcomeEnvelope::success)
                .containsExactly(
                        tuple(1L, 1, true),
                        tuple(2L, 1, true),
                        tuple(4L, 1, true),
                        tuple(5L, 1, false),
                        tuple(6L, 1, true),
                        tuple(7L, 2, true));
    }

    @Test
    void noEnvelopeIsLargeHoweverLateItIsTaken() {
        for (long taskId = 1; taskId <= 2_000; taskId++) {
            joiner.addResult(taskId, 1, new byte[taskId % 2 == 0 ? 4_000 : 0]);
        }

        List<OutcomeEnvelope> taken = joiner.take();
        assertThat(taken)
                .allSatisfy(envelope -> assertThat(envelope.writtenBytes()).isLessThan(80 << 10));
        assertThat(taken.stream().mapToInt(OutcomeEnvelope::count).sum()).isEqualTo(2_000);
    }
}
