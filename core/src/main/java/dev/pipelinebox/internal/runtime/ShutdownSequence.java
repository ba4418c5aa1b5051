package dev.pipelinebox.internal.runtime;

import dev.pipelinebox.internal.client.MasterClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes a master in steps: ask its actor, wait a bounded time, end the actors, kill the processes that are left. */
final class ShutdownSequence {

    /** How long the last processes, and the actors, may take to end beyond the grace period. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    /** How long the first close with these jars on this machine waits for the class-data archive. */
    private static final Duration PREPARATION = Duration.ofSeconds(10);

    private final MasterClient client;
    private final ActorSystemOwner owner;
    private final MasterEndpoint endpoint;
    private final WorkerLaunch launch;
    private final Duration grace;
    private final Thread hook;

    ShutdownSequence(
            MasterClient client, ActorSystemOwner owner, MasterEndpoint endpoint, WorkerLaunch launch, Duration grace) {
        this.client = client;
        this.owner = owner;
        this.endpoint = endpoint;
        this.launch = launch;
        this.grace = grace;
        this.hook = new Thread(this::atProgramEnd, "pipelinebox-shutdown");
        CompletionStage<Void> actorsEnded = owner.ended();
        actorsEnded.thenRun(this::onActorsEnded);
    }

    /** Has the end of the JVM close the master, unless the application's actor system does. */
    void addHook() {
        if (!endpoint.endsWithProgram()) {
            Runtime.getRuntime().addShutdownHook(hook);
        }
    }

    /** Lets running tasks finish, as long as the coordinated shutdown of the application waits. */
    void withApplication() {
        end(false, Duration.ZERO);
    }

    /** Actors of the master have ended without it: the rest ends, too. */
    void abandoned() {
        new Thread(this::now, "pipelinebox-abandoned").start();
    }

    private void onActorsEnded() {
        if (client.close(owner.failure())) {
            abandoned();
        }
        client.onEnded();
    }

    /** Lets running tasks finish, and completes the preparation of the next start. */
    void orderly() {
        end(false, PREPARATION);
    }

    /** Lets running tasks finish, unless Ctrl-C is pressed again. */
    private void atProgramEnd() {
        SecondInterrupt.add(launch);
        try {
            end(false, Duration.ZERO);
        } finally {
            SecondInterrupt.remove(launch);
        }
    }

    /** Interrupts running tasks. */
    void now() {
        end(true, Duration.ZERO);
    }

    private void end(boolean interrupt, Duration preparation) {
        boolean first = client.close();
        await(CompletableFuture.anyOf(client.shutdown(interrupt), owner.ended()), grace.plus(MARGIN));
        await(endpoint.close(), MARGIN);
        owner.end();
        await(owner.ended(), MARGIN);
        client.onEnded();
        if (first) {
            launch.awaitPreparation(preparation);
        }
        launch.close();
        removeHook();
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException jvmIsEnding) {
            log().debug("Closed by the end of the JVM");
        }
    }

    /** Waits even if interrupted: the wait is bounded, and processes must not stay behind. */
    private static void await(CompletableFuture<?> end, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean interrupted = false;
        while (true) {
            try {
                end.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                break;
            } catch (InterruptedException again) {
                interrupted = true;
            } catch (ExecutionException | TimeoutException late) {
                log().warn("Closing a master: not all has ended within {}", timeout, late);
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(ShutdownSequence.class);
    }
}
