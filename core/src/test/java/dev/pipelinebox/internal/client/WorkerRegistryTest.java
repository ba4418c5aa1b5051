package dev.pipelinebox.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.api.NoWorkerException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerRegistryTest {

    private final List<Integer> stopRequests = new ArrayList<>();
    private final WorkerRegistry roster = new WorkerRegistry(stopRequests::add, Runnable::run);

    @Test
    void countsThoseThatCouldComeToWork() {
        WorkerRef first = roster.add();
        WorkerRef second = roster.add();
        assertThat(roster.size()).isEqualTo(2);

        first.stop();
        first.stop();
        assertThat(roster.size()).isEqualTo(1);
        first.onStopped();
        assertThat(roster.size()).isEqualTo(1);

        second.onStopped();
        second.onStopped();
        assertThat(roster.size()).isZero();
    }

    @Test
    void keepsNothingOfThoseThatHaveEnded() {
        for (int i = 0; i < 1000; i++) {
            WorkerRef worker = roster.add();
            worker.stop();
            assertThat(roster.slots()).as("stops").containsExactly(worker);
            worker.onStopped();
        }

        assertThat(roster.slots()).isEmpty();
        assertThat(roster.add().index()).isEqualTo(1000);
    }

    @Test
    void passesOnWhoIsToBeStopped() {
        roster.add();
        roster.add().stop();

        assertThat(stopRequests).containsExactly(1);
    }

    @Test
    void saysWhyNobodyIsThere() {
        assertThatThrownBy(roster::check)
                .isInstanceOf(NoWorkerException.class)
                .hasMessageContaining("call addWorker first");

        WorkerRef only = roster.add();
        roster.check();
        only.stop();
        assertThatThrownBy(roster::check)
                .isInstanceOf(NoWorkerException.class)
                .hasMessageContaining("The last one ended so: stopped");

        only.onStopped();
        assertThatThrownBy(roster::check)
                .hasMessageContaining("Worker 0 was stopped")
                .hasCauseInstanceOf(dev.pipelinebox.api.MasterClosedException.class);
    }
}
