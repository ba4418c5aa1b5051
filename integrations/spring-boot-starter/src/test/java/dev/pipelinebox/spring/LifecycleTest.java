package dev.pipelinebox.spring;

import static dev.pipelinebox.spring.Contexts.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.Master;
import dev.pipelinebox.api.MasterClosedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.web.context.WebServerGracefulShutdownLifecycle;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/** The life of a master is that of its application context. */
class LifecycleTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void closingTwiceIsHarmless() {
        with(Workers.Pid.class).run(context -> {
            Master<?, ?> master = context.getBean(Master.class);
            MasterFactory factory = context.getBean(MasterFactory.class);

            context.getSourceApplicationContext().close();
            factory.close();
            master.close();

            assertThatThrownBy(master::status).isInstanceOf(MasterClosedException.class);
            assertThatThrownBy(() -> factory.start("two", Workers.Pid.class)).hasMessageContaining("context is closed");
        });
    }

    @Test
    void tasksThatAreAcceptedFinishBeforeTheContextIsClosed() {
        Workers.Waiting.gate = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        with(Workers.Waiting.class)
                .withBean(Listener.class, () -> event -> closing.countDown())
                .run(context -> {
                    Master<String, String> master = master(context.getBean("one"));
                    List<CompletableFuture<String>> asks = Stream.of("a", "b", "c")
                            .map(argument -> master.ask(argument).toCompletableFuture())
                            .toList();

                    CompletableFuture<Void> closed = CompletableFuture.runAsync(
                            context.getSourceApplicationContext()::close, action -> new Thread(action).start());
                    assertThat(closing.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                            .isTrue();
                    assertThat(closed).isNotDone();
                    Workers.Waiting.gate.countDown();

                    assertThat(closed).succeedsWithin(PATIENCE);
                    assertThat(asks).extracting(CompletableFuture::join).containsExactly("a done", "b done", "c done");
                });
    }

    @Test
    void tasksThatTakeLongerThanThePhaseAreDropped() {
        Workers.Waiting.gate = new CountDownLatch(1);
        with(Workers.Waiting.class)
                .withPropertyValues(
                        "spring.lifecycle.timeout-per-shutdown-phase=50ms", "pipelinebox.config.shutdown.grace=50ms")
                .run(context -> {
                    CompletableFuture<?> ask =
                            master(context.getBean("one")).ask("a").toCompletableFuture();

                    context.getSourceApplicationContext().close();

                    assertThat(ask).failsWithin(PATIENCE);
                });
        Workers.Waiting.gate.countDown();
    }

    @Test
    void theMastersStartBeforeAWebServerAndStopAfterIt() {
        int webServer = WebServerGracefulShutdownLifecycle.SMART_LIFECYCLE_PHASE - 1024;
        with(Workers.Pid.class)
                .run(context -> assertThat(
                                context.getBean(MasterLifecycle.class).getPhase())
                        .isLessThan(webServer));
    }

    @Test
    void aLazyContextStartsAMasterWhenItIsAskedFor() {
        with(Workers.Pid.class)
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> {
                    MasterFactory factory = context.getBean(MasterFactory.class);
                    assertThat(factory.masters()).isEmpty();
                    assertThat(Contexts.<Long>ask(context, ""))
                            .isEqualTo(ProcessHandle.current().pid());
                    assertThat(factory.masters()).containsOnlyKeys("one");
                });
    }

    @Test
    void contextsOfOneProcessHaveMastersOfTheirOwn() {
        with(Workers.Pid.class).run(outer -> {
            with(Workers.Pid.class)
                    .run(inner -> assertThat(master(inner.getBean("one"))).isNotSameAs(master(outer.getBean("one"))));
            assertThat(Contexts.<Long>ask(outer, ""))
                    .isEqualTo(ProcessHandle.current().pid());
        });
    }

    @Test
    void aRefreshClosesTheMastersAndStartsOthers() {
        try (AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext()) {
            TestPropertyValues.of("pipelinebox.config.test.in-process=true", "pipelinebox.masters.one.workers=1")
                    .applyTo(context);
            context.register(OneMaster.class);
            context.refresh();
            Master<String, Long> first = master(context.getBean("one"));

            context.refresh();

            assertThatThrownBy(first::status).isInstanceOf(MasterClosedException.class);
            assertThat(Contexts.<Long>ask(context, ""))
                    .isEqualTo(ProcessHandle.current().pid());
        }
    }

    @SuppressWarnings("unchecked")
    private static <R> Master<String, R> master(Object bean) {
        return (Master<String, R>) bean;
    }

    private interface Listener extends ApplicationListener<ContextClosedEvent> {}

    @Configuration
    @Import(PipelineBoxAutoConfiguration.class)
    static class OneMaster {

        @Bean
        Master<String, Long> one(MasterFactory masters) {
            return masters.start("one", Workers.Pid.class);
        }
    }
}
