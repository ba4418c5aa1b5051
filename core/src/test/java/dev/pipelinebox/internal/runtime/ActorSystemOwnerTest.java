package dev.pipelinebox.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ActorSystemOwnerTest {

    @Test
    void listenersAreToldTheErrorThatHasEndedTheMastersActor() throws Exception {
        MasterSettings settings = MasterSettings.load(ConfigFactory.parseString("pipelinebox.test.in-process = true"));
        ActorSystemOwner owner = ActorSystemOwner.of(null);
        WorkerLaunch launch = WorkerLaunch.of(settings, Workers.Echo.class, new HostsOpener(Optional.empty()));
        ActorRef<MasterCommand> actor =
                owner.start(settings, launch.processes(), new EventBus(List.of()), new Quarantine(1, 1));
        MasterClient client = new MasterClient(actor, settings::policy, settings.asks(), new CallbackExecutor(null));
        new ShutdownSequence(client, owner, new MasterEndpoint(owner), launch, Duration.ZERO);
        CompletableFuture<Throwable> reason = new CompletableFuture<>();
        client.register(reason::complete);

        actor.tell(new MasterCommand.AddTasks(null));

        assertThat(reason.get(30, TimeUnit.SECONDS))
                .isInstanceOf(MasterClosedException.class)
                .hasCauseInstanceOf(NullPointerException.class)
                .hasMessageContaining("NullPointerException")
                .hasMessageContaining("start a new one");
        owner.ended().get(30, TimeUnit.SECONDS);
    }
}
