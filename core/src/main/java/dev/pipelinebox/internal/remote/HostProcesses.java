package dev.pipelinebox.internal.remote;

import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.internal.launch.LaunchSettings;
import dev.pipelinebox.internal.link.host.MasterToHost;
import java.nio.file.Path;
import java.util.Map;

/** How a host is told to start the JVM of a worker. */
final class HostProcesses {

    private HostProcesses() {}

    /** By the options of a worker, on the installation that was chosen for it. */
    static MasterToHost.ProcessOptions options(WorkerOptions options, String javaHome) {
        return new MasterToHost.ProcessOptions(
                options.jvmArguments(),
                options.heapBytes().orElse(0L),
                options.processors().orElse(0),
                options.environment(),
                options.directory().map(Path::toString).orElse(""),
                options.javaHome().map(Path::toString).orElse(javaHome));
    }

    /** By the configuration. */
    static MasterToHost.ProcessOptions defaults(LaunchSettings settings) {
        return new MasterToHost.ProcessOptions(
                settings.jvmArguments(),
                settings.heapBytes().orElse(0L),
                settings.processors().orElse(0),
                Map.of(),
                "",
                "");
    }
}
