package dev.pipelinebox.internal.master;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.DispatcherSelector;
import akka.testkit.CallingThreadDispatcher;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterStarterTest {

    private static final Duration DELAY = Duration.ofSeconds(10);

    private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final TestProbe<ClusterCommand> membership = kit.createTestProbe();
    private final ActorRef<SessionCommand> session =
            kit.<SessionCommand>createTestProbe().ref();
    private final List<CompletableFuture<ActorRef<ClusterCommand>>> launches = new ArrayList<>();
    private final TestProbe<String> launched = kit.createTestProbe();
    /** On the thread of the test, so that a timer that sets the next one has done so when its time has passed. */
    private final ActorRef<ClusterCommand> starter = kit.spawn(
            ClusterStarter.create(
                    guardian -> {
                        launches.add(new CompletableFuture<>());
                        launched.ref().tell("launched");
                        return launches.get(0);
                    },
                    ClusterSpec.createPrivate()),
            DispatcherSelector.fromConfig(CallingThreadDispatcher.Id()));

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void theClusterIsStartedOnceTenSecondsAfterTheFirstWorkerIsReady() {
        starter.tell(new ClusterCommand.Add(1));
        time.expectNoMessageFor(DELAY.multipliedBy(2), launched);

        admit(1);
        time.expectNoMessageFor(DELAY.minusMillis(1), launched);
        starter.tell(new ClusterCommand.Add(2));
        admit(2);
        time.timePasses(Duration.ofMillis(1));
        launched.expectMessage("launched");
        time.expectNoMessageFor(DELAY.multipliedBy(2), launched);
    }

    @Test
    void theClusterIsStartedLaterWhileAWorkerIsStarting() {
        starter.tell(new ClusterCommand.Add(1));
        starter.tell(new ClusterCommand.Add(2));
        admit(1);
        time.timePasses(DELAY);
        time.expectNoMessageFor(DELAY.minusMillis(1), launched);
        admit(2);

        time.timePasses(Duration.ofMillis(1));
        launched.expectMessage("launched");
    }

    @Test
    void theClusterIsStartedAfterAMinuteEvenIfAWorkerIsAlwaysStarting() {
        starter.tell(new ClusterCommand.Add(1));
        starter.tell(new ClusterCommand.Add(2));
        admit(1);
        for (int i = 0; i < 5; i++) {
            time.timePasses(DELAY);
        }
        time.expectNoMessageFor(DELAY.minusMillis(1), launched);

        time.timePasses(Duration.ofMillis(1));
        launched.expectMessage("launched");
        time.expectNoMessageFor(DELAY, launched);
    }

    @Test
    void whatIsKnownWhenItIsStartedAndAllThatFollowsIsPassedOn() {
        starter.tell(new ClusterCommand.Add(2));
        starter.tell(new ClusterCommand.Add(3));
        ClusterCommand second = admit(2);
        admit(3);
        time.timePasses(DELAY);
        launched.expectMessage("launched");
        starter.tell(new ClusterCommand.Add(1));
        starter.tell(new ClusterCommand.Remove(3));
        admit(4);
        launches.get(0).complete(membership.ref());

        membership.expectMessage(new ClusterCommand.Add(2));
        membership.expectMessage(new ClusterCommand.Add(1));
        membership.expectMessage(second);
        ClusterCommand first = admit(1);
        membership.expectMessage(first);
        starter.tell(new ClusterCommand.Remove(1));
        membership.expectMessage(new ClusterCommand.Remove(1));
    }

    @Test
    void ifItCannotBeStartedTheMasterGoesOnWithoutIt() {
        starter.tell(new ClusterCommand.Add(1));
        admit(1);
        time.timePasses(DELAY);
        launched.expectMessage("launched");
        launches.get(0).completeExceptionally(new IllegalStateException("no port is free"));

        starter.tell(new ClusterCommand.Add(2));
        admit(2);
        time.expectNoMessageFor(DELAY.multipliedBy(2), launched);
        assertThat(launches).hasSize(1);
        membership.expectNoMessage();
    }

    private ClusterCommand.Admit admit(long process) {
        ClusterCommand.Admit admit = new ClusterCommand.Admit(process, session);
        starter.tell(admit);
        return admit;
    }
}
