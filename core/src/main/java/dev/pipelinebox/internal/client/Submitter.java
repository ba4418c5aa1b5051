package dev.pipelinebox.internal.client;

import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.internal.task.Payloads;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Submits the tasks of runs and asks: to one master, or to the first stage of a pipeline. Thread-safe. */
public interface Submitter {

    /** Submits tasks with consecutive ids, so that they queue in the order of their ids; returns the first id. */
    long submit(List<Payloads> arguments, OutcomeListener listener);

    /** Gives an id to a task that cannot be run, and has it fail; returns the id. */
    long refuse(PipelineBoxException error, OutcomeListener listener);

    /** The error of a task whose argument cannot be encoded. */
    PipelineBoxException encodingFailure(@Nullable Object argument, PayloadException error);

    /** Cancels the tasks of a listener. */
    void cancel(OutcomeListener listener);

    /** The listener is told when a master ends, at once if it has ended. */
    void register(OutcomeListener listener);

    void unregister(OutcomeListener listener);

    boolean isOpen();

    /** How many tasks of a listener are in the first stage, given how many are in flight in all. */
    int inFirstStage(OutcomeListener listener, int inFlight);

    /** How many workers are open. */
    int workers();

    /**
     * Does nothing if tasks can be submitted.
     *
     * @throws MasterClosedException if the master is closed
     * @throws NoWorkerException if there is no worker
     */
    void check();
}
