package dev.pipelinebox.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a master gets other machines to run workers on. Immutable: the {@code with} methods and their like return changed copies.
 *
 * <p>{@link #listen} waits for hosts that join by themselves, each with an invitation. They reach the master, and the master
 * reaches them, by mutual TLS 1.3 with keys that both must have.
 */
public final class Hosts {

    private static final int MOST_PORTS = 65_535;
    private static final List<String> ANY_ADDRESS = List.of("0.0.0.0", "::", "[::]");

    private final Listener listener;
    private final boolean isLocal;
    private final Minimum minimum;

    /**
     * Where the master listens.
     *
     * @param bind the address and port
     * @param keys by which master and hosts know each other
     * @param advertised the address and port that hosts dial, if they are others
     * @param invitationFile where an invitation is written at the start, if anywhere
     */
    public record Listener(Endpoint bind, Keys keys, Optional<Endpoint> advertised, Optional<Path> invitationFile) {}

    /**
     * An address and a port.
     *
     * @param address a name or an IP address
     * @param port from 1 to 65535, or 0 for any that is free
     */
    public record Endpoint(String address, int port) {

        /**
         * Checks both.
         *
         * @param address a name or an IP address
         * @param port from 1 to 65535, or 0 for any that is free
         * @throws IllegalArgumentException if the address is blank or there is no such port
         */
        public Endpoint {
            if (address.isBlank()) {
                throw new IllegalArgumentException(
                        "A blank address is not allowed; give a name, an IP address, or 0.0.0.0 to listen on all");
            }
            if (port < 0 || port > MOST_PORTS) {
                throw new IllegalArgumentException("There is no port " + port + "; give one from 1 to " + MOST_PORTS
                        + ", or 0 for any that is free");
            }
        }

        @Override
        public String toString() {
            return address + ":" + port;
        }
    }

    /**
     * How many hosts have to join before the master has started.
     *
     * @param hosts the number
     * @param patience for how long they are waited for
     */
    public record Minimum(int hosts, Duration patience) {

        /**
         * Checks both.
         *
         * @param hosts the number
         * @param patience for how long they are waited for
         * @throws IllegalArgumentException if one is negative
         */
        public Minimum {
            if (hosts < 0 || patience.isNegative()) {
                throw new IllegalArgumentException("A master cannot wait " + patience + " for " + hosts
                        + " hosts; give a number and a time that are not negative");
            }
        }
    }

    private Hosts(Listener listener, boolean isLocal, Minimum minimum) {
        this.listener = listener;
        this.isLocal = isLocal;
        this.minimum = minimum;
    }

    /**
     * The master listens for hosts that join by themselves, with an invitation.
     *
     * @param address a name or an IP address of this machine, or {@code "0.0.0.0"} for all
     * @param port the port, or 0 for any that is free
     * @param keys by which master and hosts know each other
     * @return hosts that join by themselves, and this machine among them
     * @throws IllegalArgumentException if the address is blank or there is no such port
     */
    public static Hosts listen(String address, int port, Keys keys) {
        return new Hosts(
                new Listener(new Endpoint(address, port), keys, Optional.empty(), Optional.empty()),
                true,
                new Minimum(0, Duration.ZERO));
    }

    /**
     * Sets what hosts dial, if that differs from where the master listens: behind address translation, in a container, or
     * where it listens on all addresses.
     *
     * @param address a name or an IP address
     * @param port the port, or 0 for the one that the master listens on
     * @return a changed copy
     * @throws IllegalArgumentException if the address is blank or stands for all addresses, or there is no such port
     */
    public Hosts advertise(String address, int port) {
        if (ANY_ADDRESS.contains(address)) {
            throw new IllegalArgumentException(
                    "No host can dial " + address + "; give the name or the IP address that it reaches this master by");
        }
        return with(new Listener(
                listener.bind(), listener.keys(), Optional.of(new Endpoint(address, port)), listener.invitationFile()));
    }

    /**
     * Has the master write an invitation with its address when it starts. Only its owner can read it.
     *
     * @param file where; it must not be there yet
     * @return a changed copy
     */
    public Hosts invitationFile(Path file) {
        return with(new Listener(listener.bind(), listener.keys(), listener.advertised(), Optional.of(file)));
    }

    /**
     * Sets whether workers run on the master's own machine, too.
     *
     * @param local {@code true} by default
     * @return a changed copy
     */
    public Hosts withLocal(boolean local) {
        return new Hosts(listener, local, minimum);
    }

    /**
     * Has the start of the master wait for hosts.
     *
     * @param hosts how many of them, beside the master's own machine; 0 by default
     * @param patience for how long; if they have not joined by then, the start fails with {@link NoWorkerException}
     * @return a changed copy
     * @throws IllegalArgumentException if one is negative
     */
    public Hosts atLeast(int hosts, Duration patience) {
        return new Hosts(listener, isLocal, new Minimum(hosts, patience));
    }

    /**
     * Where the master listens.
     *
     * @return the addresses, the keys and the invitation
     */
    public Listener listener() {
        return listener;
    }

    /**
     * Whether workers run on the master's own machine, too.
     *
     * @return as {@link #withLocal} has set it
     */
    public boolean isLocal() {
        return isLocal;
    }

    /**
     * How many hosts the start of the master waits for.
     *
     * @return as {@link #atLeast} has set it
     */
    public Minimum minimum() {
        return minimum;
    }

    @Override
    public String toString() {
        return "hosts that join at " + listener.advertised().orElse(listener.bind());
    }

    private Hosts with(Listener changed) {
        return new Hosts(changed, isLocal, minimum);
    }
}
