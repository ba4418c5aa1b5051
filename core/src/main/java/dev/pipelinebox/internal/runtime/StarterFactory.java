package dev.pipelinebox.internal.runtime;

import dev.pipelinebox.api.InvalidConfigException;
import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.internal.bootstrap.EarlyBootstrap;
import dev.pipelinebox.internal.launch.WorkerStarter;
import dev.pipelinebox.internal.launch.local.LocalStarter;
import dev.pipelinebox.internal.os.StandardStreams;
import dev.pipelinebox.internal.worker.inprocess.InProcessStarter;

/** Chooses how a master's workers are started. */
public final class StarterFactory {

    private StarterFactory() {}

    /**
     * Makes the starter; nothing is started yet.
     *
     * @throws InvalidConfigException if no worker can be started with these settings
     */
    public static WorkerStarter of(MasterSettings settings, Class<?> workerClass) {
        WorkerStarter starter = settings.inProcess()
                ? new InProcessStarter(workerClass.getClassLoader())
                : new LocalStarter(settings.launch(), workerClass, StandardStreams::out, StandardStreams::err);
        try {
            starter.check(WorkerOptions.defaults());
        } catch (IllegalArgumentException wrong) {
            starter.close();
            throw new InvalidConfigException(
                    "pipelinebox.worker.java-home or pipelinebox.worker.directory: " + wrong.getMessage(), wrong);
        }
        return starter;
    }

    /** Starts the first process ahead; returns the settings with the folder that workers share with the starter. */
    public static MasterSettings begin(WorkerStarter starter, MasterSettings settings) {
        MasterSettings shared = starter.sharedFolder().map(settings::sharing).orElse(settings);
        starter.startAhead(new EarlyBootstrap(
                EarlyBootstrap.FIRST_PROCESS,
                ProcessHandle.current().pid(),
                shared.engine().worker().process()));
        return shared;
    }
}
