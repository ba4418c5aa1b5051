package dev.pipelinebox.internal.master;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.TaskCancelledException;
import dev.pipelinebox.internal.task.Outcome;
import org.junit.jupiter.api.Test;

class TaskCountersTest {

    private final TaskCounters tally = new TaskCounters();

    @Test
    void whatWasAddedIsOpenUntilItEndsWellOrOtherwise() {
        tally.added(3);
        tally.added(1);
        tally.ended(Outcome.Returned.of(null));
        tally.ended(new Outcome.Threw(new byte[0], 0, "1"));
        tally.ended(new Outcome.Refused(new TaskCancelledException("not wanted")));

        assertThat(tally.done()).isEqualTo(1);
        assertThat(tally.failed()).isEqualTo(1);
        assertThat(tally.cancelled()).isEqualTo(1);
        assertThat(tally.open()).isEqualTo(1);
    }
}
