package dev.pipelinebox.internal.submit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.internal.client.OutcomeListener;
import dev.pipelinebox.internal.submit.SilentSubmitter;
import dev.pipelinebox.internal.submit.input.EncodedArgument;
import dev.pipelinebox.internal.task.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubmissionBatchTest {

    private static final OutcomeListener NOBODY = new OutcomeListener() {
        @Override
        public void onOutcome(long taskId, Outcome outcome) {}

        @Override
        public void onMasterGone(PipelineBoxException reason) {}
    };

    private final Entrance entrance = new Entrance();
    private final SubmissionBatch handover = new SubmissionBatch(entrance, NOBODY, new ResultBuffer());

    /** Notes how many tasks come at a time. */
    private static final class Entrance extends SilentSubmitter {
        private final List<Integer> batches = new ArrayList<>();
        private int waiting;
        private long lastId;

        Entrance() {
            super(2);
        }

        @Override
        public long submit(List<byte @Nullable []> payloads, OutcomeListener caller) {
            batches.add(payloads.size());
            waiting += payloads.size();
            lastId += payloads.size();
            return lastId - payloads.size() + 1;
        }

        @Override
        public int atEntrance(OutcomeListener caller, int atWork) {
            return waiting;
        }
    }

    @Test
    void handsInOneByOneWhileWorkersCouldBeIdle() {
        add(4);
        assertThat(entrance.batches).containsExactly(1, 1, 1, 1);
    }

    @Test
    void handsInMoreAtATimeTheMoreTheWorkersHave() {
        add(1_000);
        assertThat(entrance.batches.get(entrance.batches.size() - 1)).isGreaterThan(50);
        assertThat(entrance.waiting + handover.size()).isEqualTo(1_000);
    }

    @Test
    void holdsNothingBackOnceTheEntranceIsIdleThoughMuchIsAtWorkFurtherOn() {
        add(100);
        assertThat(handover.size()).isPositive();
        entrance.waiting = 0;

        handover.flushUnlessPlentyIsAtWork();

        assertThat(handover.size()).isZero();
        assertThat(entrance.lastId).isEqualTo(100);
    }

    private void add(int tasks) {
        for (int i = 0; i < tasks; i++) {
            handover.add(new EncodedArgument(entrance, null, null, null));
        }
    }
}
