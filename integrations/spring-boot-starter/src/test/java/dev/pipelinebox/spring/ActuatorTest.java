package dev.pipelinebox.spring;

import static dev.pipelinebox.spring.Contexts.ask;
import static dev.pipelinebox.spring.Contexts.with;
import static dev.pipelinebox.spring.Contexts.withMaster;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pipelinebox.Master;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.test.context.FilteredClassLoader;

class ActuatorTest {

    @Test
    void healthIsUpWithTheCountsOfEachMaster() {
        withMaster("two", Workers.Pid.class, with(Workers.Pid.class))
                .withPropertyValues("pipelinebox.masters.two.workers=2")
                .run(context -> {
                    Health health = context.getBean(HealthIndicator.class).health();
                    assertThat(health.getStatus()).isEqualTo(Status.UP);
                    assertThat(health.getDetails())
                            .containsEntry("one", counts("UP", 1, 0))
                            .containsEntry("two", counts("UP", 2, 0));
                });
    }

    @Test
    void healthIsOutOfServiceWhileNoWorkerIsReady() {
        with(Workers.Pid.class)
                .withPropertyValues(
                        "pipelinebox.masters.one.await-workers=false", "pipelinebox.config.test.slow-start=1h")
                .run(context -> assertThat(
                                context.getBean(HealthIndicator.class).health())
                        .isEqualTo(Health.outOfService()
                                .withDetail("one", counts("OUT_OF_SERVICE", 0, 1))
                                .build()));
    }

    @Test
    void healthIsDownWhenAMasterHasNoWorkerLeftOrIsClosed() {
        with(Workers.Unbuildable.class)
                .withPropertyValues(
                        "pipelinebox.masters.one.await-workers=false", "pipelinebox.config.worker.max-start-failures=1")
                .run(context -> {
                    HealthIndicator indicator = context.getBean(HealthIndicator.class);
                    await().atMost(Duration.ofMinutes(2))
                            .untilAsserted(() -> assertThat(indicator.health())
                                    .isEqualTo(Health.down()
                                            .withDetail("one", counts("DOWN", 0, 0))
                                            .build()));

                    context.getBean(Master.class).close();

                    assertThat(indicator.health())
                            .isEqualTo(Health.down()
                                    .withDetail("one", Map.of("status", "DOWN", "reason", "closed"))
                                    .build());
                });
    }

    @Test
    void infoHasTheWorkerClassAndTheTasks() {
        with(Workers.Pid.class).run(context -> {
            ask(context, "");
            Info.Builder info = new Info.Builder();
            context.getBean(InfoContributor.class).contribute(info);
            assertThat(info.build().get("pipelinebox"))
                    .isEqualTo(Map.of(
                            "one",
                            Map.of(
                                    "workerClass",
                                    Workers.Pid.class.getName(),
                                    "tasksDone",
                                    1L,
                                    "tasksFailed",
                                    0L,
                                    "tasksCancelled",
                                    0L)));
        });
    }

    @Test
    void bothCanBeSwitchedOffAndNeedActuator() {
        Contexts.IN_PROCESS
                .withPropertyValues("management.health.pipelinebox.enabled=false")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(HealthIndicator.class)
                        .hasSingleBean(InfoContributor.class));
        Contexts.IN_PROCESS
                .withPropertyValues("management.info.pipelinebox.enabled=false")
                .run(context -> assertThat(context)
                        .hasSingleBean(HealthIndicator.class)
                        .doesNotHaveBean(InfoContributor.class));
        Contexts.IN_PROCESS
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
                .run(context -> assertThat(context)
                        .hasSingleBean(MasterFactory.class)
                        .doesNotHaveBean("pipelineboxHealthIndicator"));
    }

    private static Map<String, Object> counts(String status, int ready, int starting) {
        return Map.of(
                "status", status,
                "workersReady", ready,
                "workersStarting", starting,
                "tasksWaiting", 0L,
                "tasksRunning", 0L);
    }
}
