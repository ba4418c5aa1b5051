package dev.pipelinebox.internal.runtime;

import dev.pipelinebox.api.InvalidConfigException;
import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.internal.bootstrap.EarlyBootstrap;
import dev.pipelinebox.internal.launch.WorkerStarter;
import dev.pipelinebox.internal.launch.local.LocalStarter;
import dev.pipelinebox.internal.os.StandardStreams;
import dev.pipelinebox.internal.worker.inprocess.InProcessStarter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How the workers of one master are started: the starter, and what makes starts on this machine quick. Thread-safe. */
final class WorkerLaunch implements AutoCloseable {

    private final WorkerStarter starter;
    /** Empty if workers run in this process. */
    private final Optional<LocalStarter> local;

    private WorkerLaunch(WorkerStarter starter, Optional<LocalStarter> local) {
        this.starter = starter;
        this.local = local;
        try {
            starter.check(WorkerOptions.defaults());
        } catch (IllegalArgumentException wrong) {
            starter.close();
            throw new InvalidConfigException(
                    "pipelinebox.worker.java-home or pipelinebox.worker.directory: " + wrong.getMessage(), wrong);
        }
    }

    /**
     * Nothing is started yet.
     *
     * @throws InvalidConfigException if no worker can be started with these settings
     */
    static WorkerLaunch of(MasterSettings settings, Class<?> workerClass) {
        if (settings.inProcess()) {
            return new WorkerLaunch(new InProcessStarter(workerClass.getClassLoader()), Optional.empty());
        }
        LocalStarter local =
                new LocalStarter(settings.launch(), workerClass, StandardStreams::out, StandardStreams::err);
        return new WorkerLaunch(local, Optional.of(local));
    }

    /** Starts the first process ahead; returns the settings with the folder that workers share with the master. */
    MasterSettings begin(MasterSettings settings) {
        Optional<Path> folder = local.flatMap(LocalStarter::sharedFolder);
        MasterSettings shared = folder.map(settings::sharing).orElse(settings);
        local.ifPresent(starts -> starts.startAhead(new EarlyBootstrap(
                EarlyBootstrap.FIRST_PROCESS,
                ProcessHandle.current().pid(),
                shared.engine().worker().process())));
        return shared;
    }

    void check(WorkerOptions options) {
        starter.check(options);
    }

    /** Prepares, in the background, what makes the next start quicker. To be called when the first worker is ready. */
    void prepareNextStart() {
        local.ifPresent(LocalStarter::prepareNextStart);
    }

    void awaitPreparation(Duration patience) {
        local.ifPresent(starts -> starts.awaitPreparation(patience));
    }

    WorkerStarter starter() {
        return starter;
    }

    @Override
    public void close() {
        starter.close();
    }
}
