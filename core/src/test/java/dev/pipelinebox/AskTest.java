package dev.pipelinebox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.AskSettings.WhenFull;
import dev.pipelinebox.api.QueueFullException;
import dev.pipelinebox.api.TaskCancelledException;
import dev.pipelinebox.master.Outcome;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AskTest {

    private final SilentPool silent = new SilentPool();
    private final AskLimit oneAtATime = new AskLimit(new AskSettings(WhenFull.FAIL, 1, 100), silent.pool::isOpen);
    private final Deque<Runnable> busyExecutor = new ArrayDeque<>();

    @AfterEach
    void close() {
        silent.close();
    }

    @Test
    void aQuestionIsOpenUntilItsAnswerIsHandedOver() {
        Ask<Long> first = silent.newAsk(oneAtATime, busyExecutor::add);
        first.submit(1L);
        first.onOutcome(1, new Outcome.Refused(new TaskCancelledException("no answer")));
        assertThat(first).isNotDone();

        Ask<Long> tooMany = silent.newAsk(oneAtATime, busyExecutor::add);
        tooMany.submit(2L);
        assertThat(tooMany).isCompletedExceptionally();
        assertThatThrownBy(tooMany::join).hasCauseInstanceOf(QueueFullException.class);

        busyExecutor.remove().run();
        Ask<Long> next = silent.newAsk(oneAtATime, busyExecutor::add);
        next.submit(3L);
        assertThat(first).isDone();
        assertThat(next).isNotDone();
    }
}
