package dev.pipelinebox;

import dev.pipelinebox.api.InvalidConfigException;
import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.launch.WorkerLauncher;
import dev.pipelinebox.protocol.Launcher;
import dev.pipelinebox.protocol.Prelude;
import dev.pipelinebox.worker.InProcessWorkers;

/** Chooses how a master's workers are brought to life. */
final class Launchers {

    private Launchers() {}

    /**
     * A launcher that has started nothing yet.
     *
     * @throws InvalidConfigException if no worker can be started with these settings
     */
    static Launcher of(Settings settings, Class<?> workerClass) {
        Launcher launcher = settings.inProcess()
                ? new InProcessWorkers(workerClass.getClassLoader())
                : new WorkerLauncher(settings.launch(), workerClass, Console::out, Console::err);
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
    static Settings begin(Launcher launcher, Settings settings) {
        Settings shared = launcher.sharedFolder().map(settings::sharing).orElse(settings);
        launcher.startAhead(shared.pool()
                .forWorkers()
                .prelude(Prelude.FIRST_PROCESS, ProcessHandle.current().pid()));
        return shared;
    }
}
