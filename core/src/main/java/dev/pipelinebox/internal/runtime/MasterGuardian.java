package dev.pipelinebox.internal.runtime;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.PostStop;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.Behaviors;
import dev.pipelinebox.internal.event.EventBus;
import dev.pipelinebox.internal.master.EngineSettings;
import dev.pipelinebox.internal.master.MasterActor;
import dev.pipelinebox.internal.master.MasterCommand;
import dev.pipelinebox.internal.master.ProcessFactory;
import dev.pipelinebox.internal.schedule.Quarantine;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The parent of the master's actors, which end together. */
final class MasterGuardian {

    /** Ends the master's actors. */
    enum Stop {
        NOW
    }

    private MasterGuardian() {}

    static Behavior<Stop> create(
            EngineSettings settings,
            ProcessFactory processes,
            EventBus events,
            Quarantine quarantine,
            CompletableFuture<ActorRef<MasterCommand>> started,
            Consumer<Throwable> onFailure,
            Runnable onEnd) {
        return Behaviors.setup(context -> {
            if (events.hasMonitors()) {
                events.start(context);
            }
            ActorRef<MasterCommand> master =
                    context.spawn(MasterActor.create(settings, processes, events, events, quarantine), "master");
            context.watch(master);
            started.complete(master);
            return Behaviors.receive(Stop.class)
                    .onMessage(Stop.class, stop -> Behaviors.stopped())
                    .onSignal(ChildFailed.class, failed -> {
                        onFailure.accept(failed.cause());
                        return Behaviors.stopped();
                    })
                    .onSignal(Terminated.class, ended -> Behaviors.stopped())
                    .onSignal(PostStop.class, stopped -> {
                        onEnd.run();
                        return Behaviors.same();
                    })
                    .build();
        });
    }
}
