package dev.pipelinebox.internal.runtime;

import dev.pipelinebox.internal.client.MasterClient;
import dev.pipelinebox.internal.master.MasterCommand;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes a master, once, in stages: ask, wait a bounded time, end the actors, end what is left of the processes. */
public final class ShutdownSequence {

    /** What the end of the last processes, and that of the actors, may take beside the grace. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    /** How long the first program with these jars on this machine waits for the class-data archive. */
    private static final Duration PREPARATION = Duration.ofSeconds(10);

    private final MasterClient pool;
    private final ActorSystemOwner home;
    private final MasterEndpoint front;
    private final WorkerLaunch launch;
    private final Duration grace;
    private final Thread hook;

    public ShutdownSequence(
            MasterClient pool, ActorSystemOwner home, MasterEndpoint front, WorkerLaunch launch, Duration grace) {
        this.pool = pool;
        this.home = home;
        this.front = front;
        this.launch = launch;
        this.grace = grace;
        this.hook = new Thread(this::atProgramEnd, "pipelinebox-shutdown");
        if (!front.endsWithProgram()) {
            Runtime.getRuntime().addShutdownHook(hook);
        }
        CompletionStage<Void> gone = home.gone();
        gone.thenRun(this::onGone);
    }

    /** Lets running tasks finish, as far as the application's actor system waits for it. */
    void withHost() {
        end(false, Duration.ZERO);
    }

    /** What the master needs has ended without it: nothing of it may stay behind. */
    void abandoned() {
        new Thread(this::now, "pipelinebox-abandoned").start();
    }

    private void onGone() {
        if (pool.close(home.failure())) {
            abandoned();
        }
        pool.onGone();
    }

    /** As a program does it that has come to its end; it leaves the next start prepared. */
    public void orderly() {
        end(false, PREPARATION);
    }

    /** Lets running tasks finish, unless the user loses patience. */
    private void atProgramEnd() {
        SecondInterrupt.endsAtOnce(launch.starter());
        try {
            end(false, Duration.ZERO);
        } finally {
            SecondInterrupt.isOver(launch.starter());
        }
    }

    /** Interrupts running tasks. */
    public void now() {
        end(true, Duration.ZERO);
    }

    private void end(boolean interrupt, Duration forPreparation) {
        boolean first = pool.close();
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        pool.actor().tell(new MasterCommand.Shutdown(interrupt, () -> stopped.complete(null)));
        await(CompletableFuture.anyOf(stopped, home.gone()), grace.plus(MARGIN));
        await(front.close(), MARGIN);
        home.end();
        await(home.gone(), MARGIN);
        pool.onGone();
        if (first) {
            launch.awaitPreparation(forPreparation);
        }
        launch.close();
        removeHook();
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException programIsEnding) {
            log().debug("Closed by the end of the program");
        }
    }

    /** Waits although interrupted: closing is bounded, and what is left behind would be worse than the delay. */
    private static void await(CompletableFuture<?> end, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        while (true) {
            try {
                end.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                break;
            } catch (InterruptedException again) {
                interrupted = true;
            } catch (ExecutionException | TimeoutException late) {
                log().warn("Closing a master: not all has ended within {}", patience, late);
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
