package dev.pipelinebox.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.internal.client.CallbackExecutor;
import dev.pipelinebox.internal.client.MasterClient;
import dev.pipelinebox.internal.event.EventBus;
import dev.pipelinebox.internal.master.MasterCommand;
import dev.pipelinebox.internal.schedule.Quarantine;
import dev.pipelinebox.it.Workers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ActorSystemOwnerTest {

    @Test
    void whoWaitsIsToldOfTheErrorThatHasEndedTheMastersActor() throws Exception {
        MasterSettings settings = MasterSettings.load(ConfigFactory.parseString("pipelinebox.test.in-process = true"));
        ActorSystemOwner home = ActorSystemOwner.of(null);
        WorkerLaunch launch = WorkerLaunch.of(settings, Workers.Echo.class);
        MasterClient pool = new MasterClient(
                home.start(settings, launch, new EventBus(List.of()), new Quarantine(1, 1)),
                settings.engine().schedule().task(),
                settings.asks(),
                new CallbackExecutor(null));
        new ShutdownSequence(pool, home, new MasterEndpoint(home), launch, Duration.ZERO);
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        pool.register(told::complete);

        pool.actor().tell(new MasterCommand.AddTasks(null));

        assertThat(told.get(30, TimeUnit.SECONDS))
                .isInstanceOf(MasterClosedException.class)
                .hasCauseInstanceOf(NullPointerException.class)
                .hasMessageContaining("NullPointerException")
                .hasMessageContaining("start a new one");
        home.gone().get(30, TimeUnit.SECONDS);
    }
}
