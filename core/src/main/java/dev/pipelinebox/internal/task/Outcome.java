package dev.pipelinebox.internal.task;

import dev.pipelinebox.api.PipelineBoxException;
import org.jspecify.annotations.Nullable;

/** How a task ended, still in bytes: reading them is left to the thread that wants the value. */
public sealed interface Outcome {

    /**
     * How much this counts towards a window.
     *
     * @return the size in bytes
     */
    int size();

    /**
     * The task returned.
     *
     * @param payload the encoded result, {@code null} for null
     */
    record Returned(byte @Nullable [] payload) implements Outcome {
        @Override
        public int size() {
            return payload == null ? 0 : payload.length;
        }
    }

    /**
     * The task failed in its worker.
     *
     * @param report the encoded report
     * @param workerIndex the worker's number
     * @param shown the task's number and, if it has one, its name
     */
    record Threw(byte[] report, int workerIndex, String shown) implements Outcome {
        @Override
        public int size() {
            return report.length;
        }
    }

    /**
     * The task came to no end in a worker.
     *
     * @param error why
     */
    record Refused(PipelineBoxException error) implements Outcome {
        @Override
        public int size() {
            return 0;
        }
    }
}
