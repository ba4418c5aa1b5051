package dev.pipelinebox.spring;

import static dev.pipelinebox.spring.Contexts.ask;
import static dev.pipelinebox.spring.Contexts.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.Master;
import dev.pipelinebox.api.InvalidConfigException;
import dev.pipelinebox.api.InvalidParametersException;
import dev.pipelinebox.api.InvalidWorkerClassException;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.api.Worker;
import dev.pipelinebox.api.WorkerStartException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class MasterFactoryTest {

    private static final String[] PARAMETERS = {
        "pipelinebox.masters.one.parameters.model-name=large",
        "pipelinebox.masters.one.parameters.size=3",
        "pipelinebox.masters.one.parameters.tags[0]=a",
        "pipelinebox.masters.one.parameters.tags[1]=b",
        "pipelinebox.masters.one.parameters.limits.longest=2s",
        "pipelinebox.masters.one.parameters.limits.weights.x=0.5",
        "pipelinebox.masters.one.parameters.file=/models/large.bin"
    };

    @Test
    void parametersAreReadIntoARecordByRelaxedNames() {
        with(Workers.Told.class)
                .withPropertyValues(PARAMETERS)
                .run(context -> assertThat(Contexts.<String>ask(context, ""))
                        .isEqualTo("Parameters[modelName=large, size=3, tags=[a, b], "
                                + "limits=Limits[longest=PT2S, weights={x=0.5}], file=/models/large.bin]"));
    }

    @Test
    void parametersAreReadIntoAMapWithItsListsAndNestedValues() {
        with(Workers.MapTold.class)
                .withPropertyValues(PARAMETERS)
                .run(context -> assertThat(Contexts.<String>ask(context, ""))
                        .contains("model-name=large", "size=3", "tags=[a, b]", "longest=2s", "weights={x=0.5}"));
    }

    @Test
    void parametersThatAllHaveDefaultsNeedNoProperty() {
        with(Workers.DefaultTold.class)
                .run(context -> assertThat(Contexts.<Integer>ask(context, "")).isEqualTo(17));
    }

    @Test
    void aKeyOfTheLibraryIsSetForAllMastersAndForOne() {
        ApplicationContextRunner wrong =
                with(Workers.Pid.class).withPropertyValues("pipelinebox.config.run.window=few");

        wrong.run(context -> assertThat(causeOf(context.getStartupFailure(), InvalidConfigException.class))
                .hasMessageContaining("pipelinebox.run.window")
                .hasMessageContaining("few"));
        wrong.withPropertyValues("pipelinebox.masters.one.config.run.window=100")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aListOfTheLibrarysConfigurationIsAList() {
        with(Workers.Forgetful.class)
                .withPropertyValues(
                        "pipelinebox.config.task.retry.on[0]=java.io.IOException",
                        "pipelinebox.config.task.retry.on[1]=java.lang.IllegalStateException")
                .run(context -> assertThat(Contexts.<String>ask(context, "x")).isEqualTo("x"));
    }

    @Test
    void aPropertyThatThereIsNotFailsTheContext() {
        with(Workers.Pid.class)
                .withPropertyValues("pipelinebox.run.window=100")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("pipelinebox.run.window"));
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void aWorkerClassThatCannotBeUsedFailsTheContext() {
        Class<? extends Worker<String, String>> hidden = (Class) Hidden.class;
        with(hidden)
                .run(context -> assertThat(causeOf(context.getStartupFailure(), InvalidWorkerClassException.class))
                        .hasMessageContaining("is not public"));
    }

    @Test
    void parametersThatDoNotFitFailTheContext() {
        assertParametersFail(with(Workers.Told.class), "set the properties pipelinebox.masters.one.parameters.*");
        assertParametersFail(
                with(Workers.Told.class)
                        .withPropertyValues(PARAMETERS)
                        .withPropertyValues("pipelinebox.masters.one.parameters.size=big"),
                "pipelinebox.masters.one.parameters.size");
        assertParametersFail(
                with(Workers.Told.class)
                        .withPropertyValues(PARAMETERS)
                        .withPropertyValues("pipelinebox.masters.one.parameters.sizes=3"),
                "pipelinebox.masters.one.parameters.sizes");
        assertParametersFail(
                with(Workers.Pid.class).withPropertyValues("pipelinebox.masters.one.parameters.size=3"),
                "takes no parameter");
    }

    private static void assertParametersFail(ApplicationContextRunner runner, String message) {
        runner.run(context -> assertThat(causeOf(context.getStartupFailure(), InvalidParametersException.class))
                .hasMessageContaining(message));
    }

    @Test
    void aWorkerThatCannotBeBuiltFailsTheContextUnlessItIsNotAwaited() {
        ApplicationContextRunner runner = with(Workers.Unbuildable.class)
                .withPropertyValues(
                        "pipelinebox.config.worker.max-start-failures=1",
                        "pipelinebox.config.worker.restart-backoff.min=1ms");

        runner.run(context -> assertThat(causeOf(context.getStartupFailure(), WorkerStartException.class))
                .hasMessageContaining("there is no model"));
        runner.withPropertyValues("pipelinebox.masters.one.await-workers=false")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void theNumberOfWorkersIsCheckedAndZeroLeavesThemToTheApplication() {
        with(Workers.Pid.class)
                .withPropertyValues("pipelinebox.masters.one.workers=-1")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("pipelinebox.masters.one.workers = -1"));
        with(Workers.Pid.class)
                .withPropertyValues("pipelinebox.masters.one.workers=0")
                .run(context -> {
                    Master<?, ?> master = context.getBean(Master.class);
                    assertThat(master.status().workersStarting()).isZero();
                    assertThat(master.addWorker()
                                    .ready()
                                    .toCompletableFuture()
                                    .join()
                                    .index())
                            .isZero();
                });
    }

    @Test
    void aNameIsTakenUntilItsMasterIsClosed() {
        with(Workers.Pid.class).run(context -> {
            MasterFactory factory = context.getBean(MasterFactory.class);
            assertThatThrownBy(() -> factory.start("one", Workers.Pid.class))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("There is a master one");

            context.getBean(Master.class).close();

            assertThat(factory.start("one", Workers.Pid.class).status().done()).isZero();
        });
    }

    @Test
    void customizersAreCalledInTheirOrderWithTheName() {
        List<String> calls = new ArrayList<>();
        List<Integer> added = new CopyOnWriteArrayList<>();
        TaskMonitor monitor = new TaskMonitor() {
            @Override
            public void onWorkerAdded(int workerIndex, Object parameters) {
                added.add(workerIndex);
            }
        };
        with(Workers.Pid.class)
                .withBean("first", MasterBuilderCustomizer.class, () -> (name, builder) -> {
                    calls.add("first " + name);
                    builder.monitor(monitor);
                })
                .withBean("second", MasterBuilderCustomizer.class, () -> (name, builder) -> calls.add("second"))
                .run(context -> {
                    ask(context, "");
                    assertThat(calls).containsExactly("first one", "second");
                    assertThat(added).containsExactly(0);
                });
    }

    /** The cause of this type. */
    private static Throwable causeOf(Throwable failure, Class<? extends Throwable> type) {
        Throwable cause = failure;
        while (cause != null && !type.isInstance(cause)) {
            cause = cause.getCause();
        }
        assertThat(cause).as("the %s among the causes of %s", type, failure).isNotNull();
        return cause;
    }

    static final class Hidden implements Worker<String, String> {
        @Override
        public String runTask(String argument) {
            return argument;
        }
    }
}
