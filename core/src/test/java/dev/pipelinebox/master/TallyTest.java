package dev.pipelinebox.master;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.TaskCancelledException;
import org.junit.jupiter.api.Test;

class TallyTest {

    private final Tally tally = new Tally();

    @Test
    void whatWasAddedIsOpenUntilItEndsWellOrOtherwise() {
        for (int task = 0; task < 4; task++) {
            tally.added();
        }
        tally.ended(new Outcome.Returned(null));
        tally.ended(new Outcome.Threw(new byte[0], 0, "1"));
        tally.ended(new Outcome.Refused(new TaskCancelledException("not wanted")));

        assertThat(tally.done()).isEqualTo(1);
        assertThat(tally.failed()).isEqualTo(1);
        assertThat(tally.cancelled()).isEqualTo(1);
        assertThat(tally.open()).isEqualTo(1);
    }
}
