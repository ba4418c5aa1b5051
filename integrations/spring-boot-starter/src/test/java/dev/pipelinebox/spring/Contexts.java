package dev.pipelinebox.spring;

import dev.pipelinebox.Master;
import dev.pipelinebox.api.Worker;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.support.GenericApplicationContext;

/** Application contexts with masters whose workers run in process. */
final class Contexts {

    static final ApplicationContextRunner IN_PROCESS = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    PipelineBoxAutoConfiguration.class,
                    PipelineBoxActuatorAutoConfiguration.class,
                    LifecycleAutoConfiguration.class))
            .withPropertyValues("pipelinebox.config.test.in-process=true", "pipelinebox.masters.one.workers=1");

    private Contexts() {}

    /** A context with a master named "one". */
    static <A, R> ApplicationContextRunner with(Class<? extends Worker<A, R>> workerClass) {
        return withMaster("one", workerClass, IN_PROCESS);
    }

    /** The same with a master more, whose bean has its name. */
    static <A, R> ApplicationContextRunner withMaster(
            String name, Class<? extends Worker<A, R>> workerClass, ApplicationContextRunner runner) {
        return runner.withInitializer(context -> ((GenericApplicationContext) context)
                .registerBean(
                        name,
                        Master.class,
                        () -> context.getBean(MasterFactory.class).start(name, workerClass)));
    }

    static <R> R ask(BeanFactory context, String argument) {
        @SuppressWarnings("unchecked")
        Master<String, R> master = (Master<String, R>) context.getBean("one", Master.class);
        return master.ask(argument).toCompletableFuture().join();
    }
}
