package dev.pipelinebox.host;

/** How the program ends, for scripts and service managers. {@code --help} lists them. */
enum ExitCode {
    /** The command has done what it should; for {@code join}: the run is over. */
    OK(0),
    /** Anything that has no code of its own, such as a file that cannot be written. */
    FAILED(1),
    /** The command line is wrong. */
    USAGE(2),
    /** The master refused the invitation. */
    NOT_LET_IN(3),
    /** Nothing answers at the master's address. */
    MASTER_NOT_REACHABLE(4),
    /** The master cannot connect to the address of this host. */
    NOT_REACHABLE_FROM_MASTER(5),
    /** SIGTERM: what ran has finished, and the host has left. */
    DRAINED(128 + 15);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
