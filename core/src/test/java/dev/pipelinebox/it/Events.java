package dev.pipelinebox.it;

import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.api.WorkerExit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a master told. */
final class Events implements TaskMonitor {

    private final List<PoolEvent> all = new CopyOnWriteArrayList<>();

    @Override
    public void onEvent(PoolEvent event) {
        all.add(event);
    }

    <E extends PoolEvent> List<E> of(Class<E> kind) {
        return all.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Why workers have ended. */
    List<WorkerExit.Cause> exits() {
        return of(PoolEvent.WorkerExited.class).stream()
                .map(exited -> exited.exit().cause())
                .toList();
    }
}
