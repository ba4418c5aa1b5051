package dev.pipelinebox.internal.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.api.QueueFullException;
import org.junit.jupiter.api.Test;

class BacklogLimitTest {

    private final BacklogLimit added = new BacklogLimit(2, 100);

    @Test
    void refusesATaskTooMany() {
        added.enter(1);
        added.enter(1);

        assertThatThrownBy(() -> added.enter(1))
                .isInstanceOf(QueueFullException.class)
                .hasMessageContaining("2 tasks")
                .hasMessageContaining("runAll")
                .hasMessageContaining("pipelinebox.run.max-added");
    }

    @Test
    void refusesBytesTooMany() {
        added.enter(60);

        assertThatThrownBy(() -> added.enter(41)).isInstanceOf(QueueFullException.class);
        added.enter(40);
    }

    @Test
    void takesASingleTaskOfAnySize() {
        added.enter(1_000);
    }

    @Test
    void startsAgainWithTheNextRun() {
        added.enter(100);
        added.clear();

        added.enter(100);
    }
}
