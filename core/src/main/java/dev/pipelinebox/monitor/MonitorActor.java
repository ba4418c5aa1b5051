package dev.pipelinebox.monitor;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import dev.pipelinebox.api.TaskMonitor;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Tells the monitors, one event after the other, and hands out what was to come after it. */
final class MonitorActor {

    sealed interface Command {}

    /** A call to every monitor. */
    record Tell(Consumer<TaskMonitor> call) implements Command {}

    /** What comes after the calls before it. */
    record Then(Runnable action) implements Command {}

    private MonitorActor() {}

    static Behavior<Command> create(List<TaskMonitor> monitors) {
        return Behaviors.setup(context -> {
            Set<TaskMonitor> complainedOf = Collections.newSetFromMap(new IdentityHashMap<>());
            return Behaviors.receiveMessage(command -> {
                if (command instanceof Then then) {
                    then.action().run();
                } else if (command instanceof Tell tell) {
                    for (TaskMonitor monitor : monitors) {
                        try {
                            tell.call().accept(monitor);
                        } catch (Throwable thrown) {
                            if (complainedOf.add(monitor)) {
                                context.getLog()
                                        .error(
                                                "Monitor {} threw; the run goes on, and further errors of this"
                                                        + " monitor are not logged",
                                                monitor.getClass().getName(),
                                                thrown);
                            }
                        }
                    }
                }
                return Behaviors.same();
            });
        });
    }
}
