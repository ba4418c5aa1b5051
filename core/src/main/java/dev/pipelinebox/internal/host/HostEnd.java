package dev.pipelinebox.internal.host;

/** How the membership of a host ended. */
public sealed interface HostEnd {

    /** The master has ended, or does not need this host any more. */
    record Over(String reason) implements HostEnd {}

    /** The master refused this host. */
    record Refused(String why) implements HostEnd {}

    /** Nothing was heard from the master for as long as the lease lasts, or it does not renew that. */
    record LeaseLost() implements HostEnd {}

    /** This host was asked to leave, and has. */
    record Drained() implements HostEnd {}
}
