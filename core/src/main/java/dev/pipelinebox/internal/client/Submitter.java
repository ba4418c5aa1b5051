package dev.pipelinebox.internal.client;

import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.PipelineBoxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where runs and questions hand in their tasks: one master's pool, or several in a row. Thread-safe. */
public interface Submitter {

    /** Numbers tasks and hands them in, in one step, so that they queue in the order of their numbers; tells the first. */
    long submit(List<byte @Nullable []> payloads, OutcomeListener caller);

    /** Numbers a task that cannot be run, so that it is known, and has it refused. */
    long refuse(PipelineBoxException error, OutcomeListener caller);

    /** What a task fails with whose argument cannot be written. */
    PipelineBoxException unwritable(@Nullable Object argument, PayloadException error);

    /** Takes back what the caller has handed in. */
    void cancel(OutcomeListener caller);

    /** Remembers who waits; somebody who comes too late is told so at once. */
    void register(OutcomeListener caller);

    void forget(OutcomeListener caller);

    boolean isOpen();

    /** How many of a caller's tasks are where tasks go in, if that many are at work as a whole. */
    int atEntrance(OutcomeListener caller, int atWork);

    /** How many workers there are that could come to work. */
    int workers();

    /**
     * Does nothing if tasks can be handed in.
     *
     * @throws MasterClosedException if nothing is taken in any more
     * @throws NoWorkerException if nobody would do them
     */
    void check();
}
