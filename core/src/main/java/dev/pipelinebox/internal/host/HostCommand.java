package dev.pipelinebox.internal.host;

import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.internal.launch.WorkerProcess;
import dev.pipelinebox.internal.link.host.HostFrame;
import org.jspecify.annotations.Nullable;

/** The messages of {@link HostActor}. */
sealed interface HostCommand {

    /** From the master. */
    record Arrived(HostFrame frame) implements HostCommand {}

    /** A worker was launched, or not. */
    record Launched(
            long process,
            @Nullable WorkerProcess running,
            @Nullable Throwable problem) implements HostCommand {}

    /** The process of a worker has ended. */
    record Ended(long process) implements HostCommand {}

    /** How it has ended is known. */
    record Exited(long process, WorkerExit exit) implements HostCommand {}

    /** All that came from it was passed on. */
    record Relayed(long process) implements HostCommand {}

    /** A worker cannot go on. */
    record Broken(long process, String why) implements HostCommand {}

    /** Workers have printed something. */
    record Printed(boolean toErr, byte[] bytes) implements HostCommand {}

    /** The host is to leave when its workers have finished their tasks. */
    record DrainDue(String reason) implements HostCommand {}

    /** Time to say who this is, as long as the master has not answered. */
    enum ContactDue implements HostCommand {
        NOW
    }

    /** Time to ask for the lease. */
    enum LeaseDue implements HostCommand {
        NOW
    }

    /** Time to look whether the lease still holds, and to send again what was lost. */
    enum Tick implements HostCommand {
        NOW
    }
}
