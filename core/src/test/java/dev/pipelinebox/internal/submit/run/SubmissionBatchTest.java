package dev.pipelinebox.internal.submit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.internal.client.OutcomeListener;
import dev.pipelinebox.internal.submit.SilentSubmitter;
import dev.pipelinebox.internal.submit.input.EncodedArguments;
import dev.pipelinebox.internal.task.Outcome;
import dev.pipelinebox.internal.task.Payloads;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubmissionBatchTest {

    private static final OutcomeListener LISTENER = new OutcomeListener() {
        @Override
        public void onOutcome(long taskId, Outcome outcome) {}

        @Override
        public void onMasterEnded(PipelineBoxException reason) {}
    };

    private final FirstStage firstStage = new FirstStage();
    private final SubmissionBatch batch = new SubmissionBatch(firstStage, LISTENER, new ResultBuffer());

    /** Records how many tasks are submitted together. */
    private static final class FirstStage extends SilentSubmitter {
        private final List<Integer> batches = new ArrayList<>();
        private int waiting;
        private long lastId;

        FirstStage() {
            super(2);
        }

        @Override
        public long submit(List<Payloads> arguments, OutcomeListener listener) {
            int count = arguments.stream().mapToInt(Payloads::count).sum();
            batches.add(count);
            waiting += count;
            lastId += count;
            return lastId - count + 1;
        }

        @Override
        public int inFirstStage(OutcomeListener listener, int inFlight) {
            return waiting;
        }
    }

    @Test
    void submitsOneByOneWhileWorkersCouldBeIdle() {
        add(4);
        assertThat(firstStage.batches).containsExactly(1, 1, 1, 1);
    }

    @Test
    void batchesGrowWithTheTasksInFlight() {
        add(1_000);
        assertThat(firstStage.batches.get(firstStage.batches.size() - 1)).isGreaterThan(50);
        assertThat(firstStage.waiting + batch.size()).isEqualTo(1_000);
    }

    @Test
    void keepsNothingBackWhileTheFirstStageIsIdleThoughMuchIsInFlightInOthers() {
        add(100);
        assertThat(batch.size()).isPositive();
        firstStage.waiting = 0;

        batch.flushUnlessBusy();

        assertThat(batch.size()).isZero();
        assertThat(firstStage.lastId).isEqualTo(100);
    }

    private void add(int tasks) {
        for (int i = 0; i < tasks; i++) {
            batch.add(new EncodedArguments.Encoded(firstStage, Payloads.of(null)));
        }
    }
}
