package dev.pipelinebox.internal.master;

import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.internal.launch.WorkerProcess;
import dev.pipelinebox.internal.link.LinkEvent;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages of a session: from the master, its process, the worker in it and its own timers. */
sealed interface SessionCommand {

    /** Tasks for the worker. */
    record Deliver(List<TaskEnvelope> tasks) implements SessionCommand {}

    /** Something short for the worker. */
    record Tell(MasterToWorker message) implements SessionCommand {}

    /** A spare becomes the worker with this index. */
    record Assign(int index) implements SessionCommand {}

    /** Ends the worker: it is asked, and after the grace the process is killed. */
    record End(boolean interrupt) implements SessionCommand {}

    /** Kills the process, after a thread dump. */
    record Kill(String reason) implements SessionCommand {}

    /** The process was launched, or not. */
    record Launched(
            @Nullable WorkerProcess process, @Nullable Throwable problem) implements SessionCommand {}

    /** The process is gone. */
    record Exited(WorkerExit exit) implements SessionCommand {}

    /** The transport has something for the link. */
    record Arrived(LinkEvent event) implements SessionCommand {}

    /** Time to check whether something has to be sent again or has expired, with the time by the master's clock. */
    record Tick(long now) implements SessionCommand {}

    /** What the process sent before its end has had its time. */
    enum LastFramesOver implements SessionCommand {
        /** The only one. */
        NOW
    }
}
