package dev.pipelinebox.spi;

import dev.pipelinebox.api.InvalidKeysException;
import dev.pipelinebox.api.JavaInstallation;
import dev.pipelinebox.internal.cluster.HostsSystem;
import dev.pipelinebox.internal.cluster.tls.Invitation;
import dev.pipelinebox.internal.cluster.tls.Refusal;
import dev.pipelinebox.internal.host.HostAgent;
import dev.pipelinebox.internal.host.HostEnd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** This machine as a host of one master, until it is none any more. Thread-safe; closed by who joins. */
public final class HostMembership implements AutoCloseable {

    private final HostAgent agent;

    private HostMembership(HostAgent agent) {
        this.agent = agent;
    }

    /** What a host proves itself with. */
    public static final class Ticket {

        private final Invitation invitation;

        private Ticket(Invitation invitation) {
            this.invitation = invitation;
        }

        /**
         * Reads one from a file that only its owner may read.
         *
         * @param file the invitation
         * @return the ticket
         * @throws InvalidKeysException if it cannot be used
         */
        public static Ticket read(Path file) {
            return new Ticket(Invitation.read(file));
        }

        /**
         * Reads one from text.
         *
         * @param text the invitation
         * @param source where it comes from, for messages
         * @return the ticket
         * @throws InvalidKeysException if it cannot be used
         */
        public static Ticket parse(String text, String source) {
            return new Ticket(Invitation.parse(text, source));
        }

        /**
         * Where the master listens.
         *
         * @return HOST:PORT, if the invitation says so
         */
        public Optional<String> master() {
            return invitation.master();
        }

        /** Keeps the key out of logs. */
        @Override
        public String toString() {
            return invitation.toString();
        }
    }

    /**
     * How a host joins.
     *
     * @param masterHost the name or address of the master, as it calls itself
     * @param masterPort the same
     * @param address by which the master connects to this host
     * @param port the same; 0 for the one that it listens on
     * @param bindAddress that it listens on
     * @param bindPort the same; 0 for any
     * @param ticket what it proves itself with
     * @param name of the host
     * @param processors for workers
     * @param memory for workers, in bytes
     * @param java installations for workers, the default first
     * @param labels by key
     * @param resources by name
     * @param cache the directory of the code
     * @param cacheSize its limit in bytes
     */
    public record Plan(
            String masterHost,
            int masterPort,
            String address,
            int port,
            String bindAddress,
            int bindPort,
            Ticket ticket,
            String name,
            int processors,
            long memory,
            List<JavaInstallation> java,
            Map<String, String> labels,
            Map<String, Double> resources,
            Path cache,
            long cacheSize) {}

    /** Why a host is none any more. */
    public enum Cause {
        /** The master has ended, or does not need it. */
        OVER,
        /** The master did not let it in. */
        REFUSED,
        /** The master was not heard for too long, or put the host out. */
        LEASE_LOST,
        /** It was asked to leave, and has. */
        DRAINED
    }

    /**
     * How a membership ended.
     *
     * @param cause the kind
     * @param text what is to be told of it
     */
    public record End(Cause cause, String text) {}

    /**
     * Begins to join.
     *
     * @param plan how
     * @param onWelcome is told the name of the host when the master has let it in, by a thread that must not wait
     * @return the membership
     * @throws IOException if the cache cannot be used
     * @throws IllegalArgumentException if the plan makes no sense
     */
    public static HostMembership join(Plan plan, Consumer<String> onWelcome) throws IOException {
        return new HostMembership(HostAgent.join(
                new HostAgent.Settings(
                        plan.masterHost(),
                        plan.masterPort(),
                        new HostsSystem.Place(plan.address(), plan.port(), plan.bindAddress(), plan.bindPort()),
                        plan.ticket().invitation,
                        plan.name(),
                        plan.processors(),
                        plan.memory(),
                        plan.java(),
                        plan.labels(),
                        plan.resources(),
                        plan.cache(),
                        plan.cacheSize()),
                onWelcome));
    }

    /**
     * The end of the membership. Its workers end with {@link #close}.
     *
     * @return a stage that never fails
     */
    public CompletionStage<End> end() {
        CompletionStage<HostEnd> ended = agent.end();
        return ended.thenApply(HostMembership::told);
    }

    private static End told(HostEnd end) {
        if (end instanceof HostEnd.Over over) {
            return new End(Cause.OVER, over.reason());
        } else if (end instanceof HostEnd.Refused refused) {
            return new End(Cause.REFUSED, refused.why());
        } else if (end instanceof HostEnd.Drained) {
            return new End(Cause.DRAINED, "it was asked to leave");
        }
        return new End(Cause.LEASE_LOST, "the master was not heard for too long");
    }

    /**
     * Why the last connection was not made.
     *
     * @return the cause with the remedy; empty if all were made
     */
    public Optional<String> refusal() {
        return agent.refusal().map(Refusal::message);
    }

    /**
     * Lets the workers finish their tasks and then leaves; {@link #end} tells when.
     *
     * @param reason for the master's user
     */
    public void drain(String reason) {
        agent.drain(reason);
    }

    /** Ends it at once, and its workers with it. */
    @Override
    public void close() {
        agent.close();
    }
}
