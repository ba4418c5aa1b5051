package dev.pipelinebox;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.it.Workers;
import dev.pipelinebox.master.MasterCommand;
import dev.pipelinebox.master.Quarantine;
import dev.pipelinebox.monitor.MonitorHub;
import dev.pipelinebox.protocol.Launcher;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HomeTest {

    @Test
    void whoWaitsIsToldOfTheErrorThatHasEndedTheMastersActor() throws Exception {
        Settings settings = Settings.load(ConfigFactory.parseString("pipelinebox.test.in-process = true"));
        Home home = Home.of(null);
        Launcher launcher = Launchers.of(settings, Workers.Echo.class);
        Pool pool = new Pool(
                home.start(settings, launcher, new MonitorHub(List.of()), new Quarantine(1, 1)),
                settings.pool().task(),
                settings.asks(),
                new Completion(null));
        new Shutdown(pool, home, new Front(home), launcher, Duration.ZERO);
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
