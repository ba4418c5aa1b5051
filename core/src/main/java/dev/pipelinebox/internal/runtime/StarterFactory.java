package dev.pipelinebox.internal.runtime;

import dev.pipelinebox.api.InvalidConfigException;
import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.internal.bootstrap.EarlyBootstrap;
import dev.pipelinebox.internal.launch.WorkerStarter;
import dev.pipelinebox.internal.launch.local.LocalStarter;
import dev.pipelinebox.internal.os.StandardStreams;
import dev.pipelinebox.internal.worker.inprocess.InProcessStarter;

/** Chooses how a master's workers are brought to life. */
public final class StarterFactory {

    private StarterFactory() {}

    /**
     * A launcher that has started nothing yet.
     *
     * @throws InvalidConfigException if no worker can be started with these settings
     */
    public static WorkerStarter of(MasterSettings settings, Class<?> workerClass) {
        WorkerStarter launcher = settings.inProcess()
                ? new InProcessStarter(workerClass.getClassLoader())
                : new LocalStarter(settings.launch(), workerClass, StandardStreams::out, StandardStreams::err);
        try {
            launcher.check(WorkerOptions.defaults());
        } catch (IllegalArgumentException wrong) {
            launcher.close();
            throw new InvalidConfigException(
                    "pipelinebox.worker.java-home or pipelinebox.worker.directory: " + wrong.getMessage(), wrong);
        }
        return launcher;
    }

    /** Has the first process come up at once; returns the settings with what workers share with the launcher. */
    public static MasterSettings begin(WorkerStarter launcher, MasterSettings settings) {
        MasterSettings shared = launcher.sharedFolder().map(settings::sharing).orElse(settings);
        launcher.startAhead(new EarlyBootstrap(
                EarlyBootstrap.FIRST_PROCESS,
                ProcessHandle.current().pid(),
                shared.engine().worker().process()));
        return shared;
    }
}
