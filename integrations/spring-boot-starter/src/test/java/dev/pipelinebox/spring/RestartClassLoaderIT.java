package dev.pipelinebox.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.Master;
import dev.pipelinebox.api.Worker;
import java.net.URL;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.devtools.restart.classloader.RestartClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The classes of an application that devtools restarts, with workers in processes of their own. */
class RestartClassLoaderIT {

    @Test
    void aWorkerClassOfTheRestartClassLoaderRunsInProcessesThatEndWithTheContext() throws Exception {
        URL classes = Workers.class.getProtectionDomain().getCodeSource().getLocation();
        try (RestartClassLoader loader = new RestartClassLoader(getClass().getClassLoader(), new URL[] {classes})) {
            Class<? extends Worker<String, Long>> workerClass = workerClass(loader);
            assertThat(workerClass.getClassLoader()).isSameAs(loader);
            long[] pid = new long[1];
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(PipelineBoxAutoConfiguration.class))
                    .withPropertyValues(
                            "pipelinebox.masters.one.workers=1",
                            "pipelinebox.config.worker.class-data-archive.enabled=false")
                    .run(context -> {
                        Master<String, Long> master =
                                context.getBean(MasterFactory.class).start("one", workerClass);
                        pid[0] = master.ask("").toCompletableFuture().join();
                        assertThat(pid[0]).isNotEqualTo(ProcessHandle.current().pid());
                    });
            assertThat(ProcessHandle.of(pid[0])).isEmpty();
        }
    }

    @SuppressWarnings("unchecked")
    private static Class<? extends Worker<String, Long>> workerClass(ClassLoader loader) throws ClassNotFoundException {
        return (Class<? extends Worker<String, Long>>) loader.loadClass(Workers.Pid.class.getName());
    }
}
