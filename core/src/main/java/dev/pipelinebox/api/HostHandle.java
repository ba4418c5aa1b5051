package dev.pipelinebox.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * A machine that runs workers of a master. Handles are thread-safe. What they return is what the master knew when it was
 * asked for them last, and goes on to be read after the host was lost.
 */
public interface HostHandle {

    /** The name of the machine that the master itself runs on, as a host. */
    String LOCAL = "local";

    /**
     * The name of the host, as {@link WorkerOptions#withHost} takes it.
     *
     * @return its name; {@link #LOCAL} for the master's own machine
     */
    String name();

    /**
     * Where the master reaches the host.
     *
     * @return its address and port; empty for the master's own machine
     */
    String address();

    /**
     * How many processors it has.
     *
     * @return their number
     */
    int processors();

    /**
     * How much memory it has for workers.
     *
     * @return the size in bytes
     */
    long memory();

    /**
     * The labels that it was started with.
     *
     * @return keys and values
     */
    Map<String, String> labels();

    /**
     * The resources that it was started with.
     *
     * @return names and amounts, whether a worker has taken them or not
     */
    Map<String, Double> resources();

    /**
     * Its Java installations.
     *
     * @return them, the one that workers run on by default first
     */
    List<JavaInstallation> java();

    /**
     * How many workers of this master it has.
     *
     * @return the number of their processes, with those that are starting or ending
     */
    int workers();

    /**
     * Whether it gets workers.
     *
     * @return its state
     */
    HostState state();

    /**
     * Why it gets no workers.
     *
     * @return a sentence; empty if it is {@link HostState#SUITABLE} or the state says all
     */
    String reason();

    /**
     * How long a short message takes to the host and back.
     *
     * @return the time, smoothed over the last ones; zero for the master's own machine
     */
    Duration roundTrip();

    /**
     * Gives it no more workers. Its workers finish their running tasks and end; others take their place elsewhere. Until
     * {@link #resume()} the host stays without workers.
     *
     * @return a stage that completes when it has no worker; it fails with {@link MasterClosedException} if the master is
     *     closed before, and with {@link java.util.concurrent.CancellationException} if it is resumed
     */
    CompletionStage<Void> drain();

    /** Gives it workers again after {@link #drain()}, also while it drains. Does nothing otherwise. */
    void resume();

    /**
     * Puts it out for good: its key is refused from now on, and its workers are killed. Their tasks run elsewhere as
     * after the loss of a host. The key stays refused as long as the master lives; a new invitation can let the machine in.
     *
     * @throws IllegalStateException if this is the master's own machine, which has no key
     */
    void revoke();
}
