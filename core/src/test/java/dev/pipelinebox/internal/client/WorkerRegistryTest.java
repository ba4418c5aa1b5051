package dev.pipelinebox.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.api.NoWorkerException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerRegistryTest {

    private final List<Integer> stopRequests = new ArrayList<>();
    private final WorkerRegistry registry = new WorkerRegistry(stopRequests::add, Runnable::run);

    @Test
    void countsOpenWorkers() {
        WorkerRef first = registry.add();
        WorkerRef second = registry.add();
        assertThat(registry.size()).isEqualTo(2);

        first.stop();
        first.stop();
        assertThat(registry.size()).isEqualTo(1);
        first.onStopped();
        assertThat(registry.size()).isEqualTo(1);

        second.onStopped();
        second.onStopped();
        assertThat(registry.size()).isZero();
    }

    @Test
    void keepsNoWorkerThatHasEnded() {
        for (int i = 0; i < 1000; i++) {
            WorkerRef worker = registry.add();
            worker.stop();
            assertThat(registry.refs()).as("stops").containsExactly(worker);
            worker.onStopped();
        }

        assertThat(registry.refs()).isEmpty();
        assertThat(registry.add().index()).isEqualTo(1000);
    }

    @Test
    void forwardsStopRequests() {
        registry.add();
        registry.add().stop();

        assertThat(stopRequests).containsExactly(1);
    }

    @Test
    void saysWhyNoWorkerIsLeft() {
        assertThatThrownBy(registry::check)
                .isInstanceOf(NoWorkerException.class)
                .hasMessageContaining("call addWorker first");

        WorkerRef only = registry.add();
        registry.check();
        only.stop();
        assertThatThrownBy(registry::check)
                .isInstanceOf(NoWorkerException.class)
                .hasMessageContaining("The last one ended so: stopped");

        only.onStopped();
        assertThatThrownBy(registry::check)
                .hasMessageContaining("Worker 0 was stopped")
                .hasCauseInstanceOf(dev.pipelinebox.api.MasterClosedException.class);
    }
}
