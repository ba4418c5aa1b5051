package dev.pipelinebox.internal.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.api.QueueFullException;
import org.junit.jupiter.api.Test;

class BacklogLimitTest {

    private final BacklogLimit added = new BacklogLimit(2, 100);

    @Test
    void refusesATaskTooMany() {
        added.admit(1);
        added.admit(1);

        assertThatThrownBy(() -> added.admit(1))
                .isInstanceOf(QueueFullException.class)
                .hasMessageContaining("2 tasks")
                .hasMessageContaining("runAll")
                .hasMessageContaining("pipelinebox.run.max-added");
    }

    @Test
    void refusesBytesTooMany() {
        added.admit(60);

        assertThatThrownBy(() -> added.admit(41)).isInstanceOf(QueueFullException.class);
        added.admit(40);
    }

    @Test
    void admitsASingleTaskOfAnySize() {
        added.admit(1_000);
    }

    @Test
    void isEmptyForTheNextRun() {
        added.admit(100);
        added.clear();

        added.admit(100);
    }
}
