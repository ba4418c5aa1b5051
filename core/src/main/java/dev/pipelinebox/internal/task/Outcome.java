package dev.pipelinebox.internal.task;

import dev.pipelinebox.api.PipelineBoxException;
import org.jspecify.annotations.Nullable;

/** How a task, or each of several, ended, still in bytes: reading them is left to the thread that wants the value. */
public sealed interface Outcome {

    /**
     * How much this counts towards a window.
     *
     * @return the size in bytes
     */
    int size();

    /** Of how many consecutive tasks this is the outcome. */
    default int count() {
        return 1;
    }

    /** The outcome of one of them. */
    default Outcome at(int index) {
        return this;
    }

    /**
     * The tasks returned.
     *
     * @param results the encoded results
     */
    record Returned(Payloads results) implements Outcome {

        /** A single task returned; the encoded result is {@code null} for null. */
        public static Returned of(byte @Nullable [] payload) {
            return new Returned(Payloads.of(payload));
        }

        @Override
        public int size() {
            return results.size();
        }

        @Override
        public int count() {
            return results.count();
        }

        @Override
        public Outcome at(int index) {
            return count() == 1 ? this : new Returned(results.slice(index, index + 1));
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
