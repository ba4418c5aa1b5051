package dev.pipelinebox.internal.master;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.task.Outcome;
import dev.pipelinebox.internal.task.OutcomeBatch;
import dev.pipelinebox.internal.task.OutcomeSink;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeBatcherTest {

    private static final Outcome OUTCOME = Outcome.Returned.of(null);

    private final OutcomeBatcher deliveries = new OutcomeBatcher(Runnable::run);
    private final Recorder one = new Recorder();
    private final Recorder other = new Recorder();

    private static final class Recorder implements OutcomeSink {
        private final List<List<Long>> batches = new ArrayList<>();

        @Override
        public void onOutcome(long taskId, Outcome outcome) {
            batches.add(List.of(taskId));
        }

        @Override
        public void onOutcomes(List<OutcomeBatch> outcomes) {
            batches.add(outcomes.stream().map(OutcomeBatch::firstId).toList());
        }
    }

    @Test
    void handOverTogetherWhatComesTogether() {
        add(one, 1, 2, 3);
        assertThat(one.batches).isEmpty();

        deliveries.flush();

        assertThat(one.batches).containsExactly(List.of(1L, 2L, 3L));
    }

    @Test
    void giveEachCallerItsOwn() {
        add(one, 1, 2);
        add(other, 3);
        add(one, 4);

        deliveries.flush();

        assertThat(one.batches).containsExactly(List.of(1L, 2L), List.of(4L));
        assertThat(other.batches).containsExactly(List.of(3L));
    }

    @Test
    void handOverNothingTwice() {
        add(one, 1);
        deliveries.flush();

        deliveries.flush();

        assertThat(one.batches).hasSize(1);
    }

    @Test
    void reachASinkThatTakesThemOneByOne() {
        List<Long> taken = new ArrayList<>();
        OutcomeSink simple = (taskId, outcome) -> taken.add(taskId);
        add(simple, 1, 2);

        deliveries.flush();

        assertThat(taken).containsExactly(1L, 2L);
    }

    private void add(OutcomeSink sink, long... taskIds) {
        for (long taskId : taskIds) {
            deliveries.add(sink, new OutcomeBatch(taskId, OUTCOME));
        }
    }
}
