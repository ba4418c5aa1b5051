package dev.pipelinebox.master;

import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.protocol.FromWorker;
import dev.pipelinebox.protocol.MasterToWorker;
import dev.pipelinebox.protocol.OversizedFrame;
import dev.pipelinebox.protocol.TaskEnvelope;
import dev.pipelinebox.protocol.WorkerProcess;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a worker's entry is told: by the master, its process, the worker in it and its own timers. */
sealed interface EntryCommand {

    /** Tasks for the worker. */
    record Deliver(List<TaskEnvelope> tasks) implements EntryCommand {}

    /** Something short for the worker. */
    record Tell(MasterToWorker message) implements EntryCommand {}

    /** A spare takes over the place with this number. */
    record Assign(int index) implements EntryCommand {}

    /** Ends the worker: it is asked, and after the grace the process is killed. */
    record End(boolean interrupt) implements EntryCommand {}

    /** Kills the process, after a picture of its threads was taken. */
    record Kill(String reason) implements EntryCommand {}

    /** The process was launched, or not. */
    record Launched(
            @Nullable WorkerProcess process, @Nullable Throwable problem) implements EntryCommand {}

    /** The process is gone. */
    record Exited(WorkerExit exit) implements EntryCommand {}

    /** A frame from the worker. */
    record Arrived(FromWorker frame) implements EntryCommand {}

    /** Artery has discarded something. */
    record Discarded(OversizedFrame frame) implements EntryCommand {}

    /** A time has come. */
    enum Timer implements EntryCommand {
        TICK,
        LAST_FRAMES_OVER
    }
}
