package dev.pipelinebox;

import akka.actor.typed.ActorSystem;
import dev.pipelinebox.master.MasterCommand;
import dev.pipelinebox.protocol.Launcher;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes a master, once, in stages: ask, wait a bounded time, end the processes, end the actor system. */
final class Shutdown {

    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    /** What the end of the last processes, and that of the actor system, may take beside the grace. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    /** How long the first program with these jars on this machine waits for the class-data archive. */
    private static final Duration PREPARATION = Duration.ofSeconds(10);

    private final Pool pool;
    private final ActorSystem<?> system;
    private final Launcher launcher;
    private final Duration grace;
    private final Thread hook;

    Shutdown(Pool pool, ActorSystem<?> system, Launcher launcher, Duration grace) {
        this.pool = pool;
        this.system = system;
        this.launcher = launcher;
        this.grace = grace;
        this.hook = new Thread(this::atProgramEnd, "pipelinebox-shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        system.getWhenTerminated().whenComplete((done, problem) -> pool.onGone());
    }

    /** As a program does it that has come to its end; it leaves the next start prepared. */
    void orderly() {
        end(false, PREPARATION);
    }

    /** Lets running tasks finish, unless the user loses patience. */
    private void atProgramEnd() {
        SecondCtrlC.endsAtOnce(launcher);
        try {
            end(false, Duration.ZERO);
        } finally {
            SecondCtrlC.isOver(launcher);
        }
    }

    /** Interrupts running tasks. */
    void now() {
        end(true, Duration.ZERO);
    }

    private void end(boolean interrupt, Duration forPreparation) {
        boolean first = pool.close();
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        pool.actor().tell(new MasterCommand.Shutdown(interrupt, () -> stopped.complete(null)));
        CompletableFuture<Void> gone =
                system.getWhenTerminated().thenAccept(done -> {}).toCompletableFuture();
        await(CompletableFuture.anyOf(stopped, gone), grace.plus(MARGIN));
        system.terminate();
        await(gone, MARGIN);
        pool.onGone();
        if (first) {
            launcher.awaitPreparation(forPreparation);
        }
        launcher.close();
        if (first) {
            removeHook();
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException programIsEnding) {
            LOG.debug("Closed by the end of the program");
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
                LOG.warn("Closing a master: not all has ended within {}", patience, late);
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
