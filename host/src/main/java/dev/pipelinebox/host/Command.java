package dev.pipelinebox.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a command line asks for. Immutable, and complete: what is empty here has its default. */
sealed interface Command {

    /** Something to do, unlike something to print. */
    sealed interface Action extends Command {

        ExitCode execute(Commands commands);
    }

    /**
     * Joins a master as a host.
     *
     * @param master its address; empty: the invitation's
     * @param name of this host; empty: that of the machine
     * @param address that the master connects to; empty: that of the route to the master
     * @param bind that the host listens on; empty: {@code address}, with the default port
     * @param labels by key
     * @param resources by name, at least 1 each
     * @param processors for workers; empty: those that the machine has
     * @param memory for workers, in bytes; empty: what the machine has
     * @param java directories of JDKs; empty: those that are found
     * @param cache directory of the code; empty: that of the user
     * @param cacheSize in bytes
     * @param await keep trying until there is a master, and wait for the next one when it has ended
     * @param once end with the first master
     */
    record Join(
            Optional<HostPort> master,
            InvitationSource invitation,
            Optional<String> name,
            Optional<HostPort> address,
            Optional<HostPort> bind,
            Map<String, String> labels,
            Map<String, Integer> resources,
            OptionalInt processors,
            OptionalLong memory,
            List<Path> java,
            Optional<Path> cache,
            OptionalLong cacheSize,
            boolean await,
            boolean once)
            implements Action {

        public Join {
            labels = Map.copyOf(labels);
            resources = Map.copyOf(resources);
            java = List.copyOf(java);
        }

        @Override
        public ExitCode execute(Commands commands) {
            return commands.join(this);
        }
    }

    /**
     * Makes the keys of a master and a first invitation.
     *
     * @param directory that is made
     * @param address of the master, for the invitation
     */
    record KeysCreate(Path directory, Optional<HostPort> address) implements Action {

        @Override
        public ExitCode execute(Commands commands) {
            return commands.keysCreate(this);
        }
    }

    /**
     * Makes a further invitation.
     *
     * @param directory with the master's keys
     * @param name of the host that it is for
     * @param file that is made
     * @param address of the master, for the invitation
     * @param life of the invitation; empty: the default
     */
    record KeysInvite(Path directory, String name, Path file, Optional<HostPort> address, Optional<Duration> life)
            implements Action {

        @Override
        public ExitCode execute(Commands commands) {
            return commands.keysInvite(this);
        }
    }

    /**
     * Makes an invitation invalid.
     *
     * @param directory with the master's keys
     * @param serial its serial number
     */
    record KeysRevoke(Path directory, String serial) implements Action {

        @Override
        public ExitCode execute(Commands commands) {
            return commands.keysRevoke(this);
        }
    }

    /**
     * Prints a page of help.
     *
     * @param topic the first word of a command; empty: the overview
     */
    record Help(Optional<String> topic) implements Command {}

    /** Prints the version. */
    record Version() implements Command {}
}
