package dev.pipelinebox.host;

import dev.pipelinebox.api.InvalidKeysException;
import dev.pipelinebox.spi.HostMembership;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The command {@code join}: one membership after the other, as long as there may be another one. */
final class Joining {

    private static final Duration LONGEST_CONTACT = Duration.ofSeconds(30);
    private static final Duration LONGEST_REFUSED = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** What a master's grace for running tasks may be, and some more. */
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(60);

    private final Command.Join join;
    private final PrintStream out;
    private final PrintStream err;
    private final AtomicReference<@Nullable HostMembership> current = new AtomicReference<>();
    private final AtomicBoolean isLeaving = new AtomicBoolean();
    private final CompletableFuture<Void> hasEnded = new CompletableFuture<>();

    /** How one membership ended, and whether another one may follow. */
    private record Attempt(ExitCode code, String text, boolean hasJoined) {}

    Joining(Command.Join join, PrintStream out, PrintStream err) {
        this.join = join;
        this.out = out;
        this.err = err;
    }

    ExitCode run() {
        Thread hook = new Thread(this::leave, "pipelinebox-leave");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            HostMembership.Ticket ticket = ticket();
            HostPort master = master(ticket);
            return joinAgain(ticket, master);
        } catch (InvalidKeysException unusable) {
            err.println("pipelinebox-host: " + unusable.getMessage());
            return ExitCode.NOT_LET_IN;
        } catch (UsageException | IOException unusable) {
            err.println("pipelinebox-host: " + unusable.getMessage());
            return unusable instanceof UsageException ? ExitCode.USAGE : ExitCode.FAILED;
        } finally {
            hasEnded.complete(null);
        }
    }

    private HostMembership.Ticket ticket() throws IOException {
        if (join.invitation().file().isPresent()) {
            return HostMembership.Ticket.read(join.invitation().file().get());
        }
        String text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        return HostMembership.Ticket.parse(text, "the invitation from standard input");
    }

    private HostPort master(HostMembership.Ticket ticket) {
        return join.master()
                .or(() -> ticket.master().map(HostPort::of))
                .orElseThrow(() -> new UsageException(
                        "The invitation does not say where the master is. Write HOST:PORT behind join."));
    }

    private ExitCode joinAgain(HostMembership.Ticket ticket, HostPort master) throws IOException {
        Duration pause = SHORTEST_PAUSE;
        while (true) {
            Attempt attempt = attempt(ticket, master);
            boolean isLast = isLeaving.get() || !join.await() || (join.once() && attempt.hasJoined());
            if (isLast || attempt.code() == ExitCode.NOT_LET_IN) {
                (attempt.code() == ExitCode.OK ? out : err).println("pipelinebox-host: " + attempt.text());
                return attempt.code();
            }
            out.println(attempt.text() + "; trying again");
            pause = attempt.hasJoined() ? SHORTEST_PAUSE : shorter(pause.multipliedBy(2), LONGEST_PAUSE);
            rest(pause);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** It ends early if the host is to leave. */
    private static void rest(Duration pause) {
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private Attempt attempt(HostMembership.Ticket ticket, HostPort master) throws IOException {
        Optional<String> unreachable = unreachable(master);
        if (unreachable.isPresent()) {
            return new Attempt(ExitCode.MASTER_NOT_REACHABLE, unreachable.get(), false);
        }
        CompletableFuture<String> welcome = new CompletableFuture<>();
        HostMembership.Plan plan = new HostFactsOfMachine(join).plan(ticket, master);
        try (HostMembership membership = HostMembership.join(plan, welcome::complete)) {
            current.set(membership);
            if (isLeaving.get()) {
                return new Attempt(ExitCode.DRAINED, "asked to leave", false);
            }
            CompletableFuture<HostMembership.End> end = membership.end().toCompletableFuture();
            if (!isAnswered(membership, welcome, end)) {
                return notWelcome(membership, master, plan);
            }
            if (welcome.isDone()) {
                out.println("Host " + plan.name() + " has joined the master at " + master);
            }
            return ended(end.join(), welcome.isDone());
        } finally {
            current.set(null);
        }
    }

    /** Whether it is known, one way or the other, what the master says. A refused connection is tried for a short time only. */
    private static boolean isAnswered(
            HostMembership membership, CompletableFuture<String> welcome, CompletableFuture<?> end) {
        CompletableFuture<Object> answer = CompletableFuture.anyOf(welcome, end);
        long begin = System.nanoTime();
        while (!answer.isDone()) {
            Duration waited = Duration.ofNanos(System.nanoTime() - begin);
            Duration longest = membership.refusal().isPresent() ? LONGEST_REFUSED : LONGEST_CONTACT;
            if (waited.compareTo(longest) > 0) {
                return false;
            }
            await(answer);
        }
        return true;
    }

    private static void await(CompletableFuture<?> answer) {
        try {
            answer.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException notYet) {
            // It is looked again.
        } catch (InterruptedException | ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Attempt notWelcome(HostMembership membership, HostPort master, HostMembership.Plan plan) {
        Optional<String> refusal = membership.refusal();
        if (refusal.isPresent()) {
            return new Attempt(
                    ExitCode.NOT_LET_IN, "The connection to the master at " + master + ": " + refusal.get(), false);
        }
        return new Attempt(
                ExitCode.NOT_REACHABLE_FROM_MASTER,
                "The master at " + master + " does not answer. It may not reach this host at " + plan.address()
                        + " (give --address and --bind, or open the port in the firewall), or it calls itself by another"
                        + " address (Hosts.advertise)",
                false);
    }

    private static Attempt ended(HostMembership.End end, boolean hasJoined) {
        ExitCode code = switch (end.cause()) {
            case OVER -> ExitCode.OK;
            case REFUSED -> ExitCode.NOT_LET_IN;
            case LEASE_LOST -> ExitCode.OK;
            case DRAINED -> ExitCode.DRAINED;
        };
        String text =
                (end.cause() == HostMembership.Cause.REFUSED ? "The master refused this host: " : "The host ended: ")
                        + end.text();
        return new Attempt(code, text, hasJoined);
    }

    private static Optional<String> unreachable(HostPort master) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(master.host(), master.port()), (int) LONGEST_CONNECT.toMillis());
            return Optional.empty();
        } catch (IOException | IllegalArgumentException refused) {
            return Optional.of("Nothing answers at " + master + " (" + refused.getMessage()
                    + "); start the program with the master first, or correct the address");
        }
    }

    /** On SIGTERM: the workers finish what they hold. */
    private void leave() {
        isLeaving.set(true);
        HostMembership membership = current.get();
        if (membership != null) {
            membership.drain("it was asked to end");
            hasEnded.completeOnTimeout(null, LONGEST_DRAIN.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
    }
}
