package dev.pipelinebox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AskAllTest {

    private final SilentPool silent = new SilentPool();
    private final AskAll<Long, Long> questions = new AskAll<>(
            silent.pool.intake(),
            argument -> silent.newAsk(AskLimit.none(), Runnable::run),
            silent.newWindow(),
            Input.<Long>of(List.of()));

    @AfterEach
    void close() {
        silent.close();
    }

    @Test
    void takesNothingMoreFromItsInputOnceTheMasterIsBeingClosed() throws InterruptedException {
        assertThat(questions.room()).isPositive();

        silent.pool.close();

        assertThat(questions.room()).isZero();
        assertThat(questions.awaitRoom()).isFalse();
    }
}
