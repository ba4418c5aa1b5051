package dev.pipelinebox.internal.submit.run;

import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.ProgressListener;
import dev.pipelinebox.internal.client.OutcomeDecoder;
import dev.pipelinebox.internal.client.OutcomeListener;
import dev.pipelinebox.internal.client.Submitter;
import dev.pipelinebox.internal.submit.input.AdaptiveWindow;
import dev.pipelinebox.internal.task.Outcome;
import dev.pipelinebox.internal.task.OutcomeBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run: an input thread puts arguments into its {@link RunInput}, the master's actor brings outcomes here, and the
 * caller reads results from its {@link RunOutput}. The three meet under the lock of the {@link RunState}.
 */
public final class Run<R extends @Nullable Object> implements OutcomeListener {

    private final RunState state;
    private final RunInput input;
    private final RunOutput<R> output;

    public Run(Submitter submitter, OutcomeDecoder codec, AdaptiveWindow window, List<ProgressListener> progress) {
        this.state = new RunState(submitter, this, window);
        this.input = new RunInput(state, submitter, codec);
        this.output = new RunOutput<>(state, codec, progress);
    }

    public RunInput input() {
        return input;
    }

    RunOutput<R> output() {
        return output;
    }

    @Override
    public void onOutcome(long taskId, Outcome outcome) {
        onOutcomes(List.of(new OutcomeBatch(taskId, outcome)));
    }

    @Override
    public void onOutcomes(List<OutcomeBatch> outcomes) {
        state.change(() -> state.onOutcomes(outcomes));
    }

    @Override
    public void onForwarded(int bytes) {
        state.lock();
        try {
            state.onForwarded(bytes);
        } finally {
            state.unlock();
        }
    }

    @Override
    public void onMasterEnded(PipelineBoxException reason) {
        state.change(() -> state.onMasterEnded(reason));
    }
}
