package dev.pipelinebox.it;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.stream.javadsl.JavaFlowSupport;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.api.TaskResult;
import java.util.concurrent.Flow;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;

/** {@code Master.flow()}, materialized by the application, keeps the rules of Reactive Streams. */
public class FlowTckIT extends Tck {

    private ActorSystem<Void> application;

    @BeforeClass
    public void startApplication() {
        application = ActorSystem.create(
                Behaviors.empty(),
                "application",
                ConfigFactory.parseString("akka.loglevel = ERROR").withFallback(ConfigFactory.load()));
    }

    @AfterClass
    public void stopApplication() {
        application.terminate();
        application.getWhenTerminated().toCompletableFuture().join();
        application.getWhenTerminated().toCompletableFuture().join();
    }

    @Override
    Flow.Processor<Long, Long> createProcessor() {
        return JavaFlowSupport.Flow.toProcessor(master().flow().map(TaskResult::value))
                .run(application);
    }
}
