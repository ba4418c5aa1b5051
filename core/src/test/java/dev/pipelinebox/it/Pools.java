package dev.pipelinebox.it;

import static dev.pipelinebox.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.WorkerHandle;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** What tests wait for in a pool. */
final class Pools {

    private Pools() {}

    static void ready(WorkerHandle... workers) {
        ready(List.of(workers));
    }

    static void ready(Collection<WorkerHandle> workers) {
        for (WorkerHandle worker : workers) {
            assertThat(worker.ready().toCompletableFuture())
                    .succeedsWithin(PATIENCE)
                    .isSameAs(worker);
        }
    }

    /** The result of an ask, for which it waits. */
    static <R> R result(CompletionStage<R> asked) throws Exception {
        return asked.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Kills a process, and waits until it is gone. */
    static void kill(long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        assertThat(process.destroyForcibly()).isTrue();
        assertThat(process.onExit()).succeedsWithin(PATIENCE);
    }
}
