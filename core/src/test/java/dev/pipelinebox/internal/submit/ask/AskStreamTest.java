package dev.pipelinebox.internal.submit.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.client.AskAdmission;
import dev.pipelinebox.internal.client.SilentClient;
import dev.pipelinebox.internal.submit.input.Input;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AskStreamTest {

    private final SilentClient silent = new SilentClient();
    private final AskStream<Long, Long> questions = new AskStream<>(
            silent.pool.intake(),
            argument -> silent.newAsk(AskAdmission.none(), Runnable::run),
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
