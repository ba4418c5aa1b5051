package dev.pipelinebox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.TaskCancelledException;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.master.Outcome;
import java.util.Iterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunResultsTest {

    private final SilentPool silent = new SilentPool();
    private final Run<Long> run = silent.newRun();
    private final RunResults<Long> results = new RunResults<>(run, () -> {});

    @AfterEach
    void close() {
        silent.close();
    }

    @Test
    void whatHasNextHasAnnouncedIsThereThoughTheRunWasClosedMeanwhile() {
        long first = run.add(null, silent.pool.intake());
        long second = run.add(null, silent.pool.intake());
        run.onOutcome(first, new Outcome.Refused(new TaskCancelledException("the first")));
        run.onOutcome(second, new Outcome.Refused(new TaskCancelledException("the second")));
        Iterator<TaskResult<Long>> reading = results.iterator();
        assertThat(reading.hasNext()).isTrue();

        results.close();

        assertThat(reading.next().taskId()).isEqualTo(first);
        assertThat(reading.hasNext()).isFalse();
    }
}
