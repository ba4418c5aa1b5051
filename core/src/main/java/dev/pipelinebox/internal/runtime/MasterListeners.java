package dev.pipelinebox.internal.runtime;

import dev.pipelinebox.api.ProgressListener;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.internal.client.CallbackExecutor;
import dev.pipelinebox.internal.event.VerboseMonitor;
import dev.pipelinebox.internal.os.StandardStreams;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What users want to be told: monitors of all events, progress of runs, and the executor that completes their stages. */
public record MasterListeners(List<TaskMonitor> monitors, List<ProgressListener> progress, CallbackExecutor callbacks) {

    /** If verbose, a monitor that prints events comes after the others; without an executor the common pool is used. */
    public static MasterListeners of(
            List<TaskMonitor> monitors,
            boolean verbose,
            List<ProgressListener> progress,
            @Nullable Executor callbacks) {
        Stream<TaskMonitor> printer = verbose ? Stream.of(new VerboseMonitor(StandardStreams::out)) : Stream.empty();
        return new MasterListeners(
                Stream.concat(monitors.stream(), printer).toList(),
                List.copyOf(progress),
                new CallbackExecutor(callbacks));
    }
}
