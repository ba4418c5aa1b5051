package dev.pipelinebox.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.TaskCancelledException;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.benchmarks.chaos.ChaosWorker.Answer;
import dev.pipelinebox.benchmarks.chaos.ChaosWorker.Question;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private final Ledger ledger = new Ledger(1);
    private final Iterator<Question> questions = ledger.questionsUntil(System.nanoTime() + TimeUnit.MINUTES.toNanos(1));

    @Test
    void whatIsAnsweredOnceAndRightlyIsNotComplainedOf() {
        answer(questions.next());
        answer(questions.next());
        assertThat(ledger.complaints()).isEmpty();
        assertThat(ledger.done()).isEqualTo(2);
    }

    @Test
    void aMissingAnswerIsNamed() {
        questions.next();
        answer(questions.next());
        assertThat(ledger.complaints()).containsExactly("1 of 2 tasks have no result, among them [1]");
    }

    @Test
    void aSecondAnswerIsNamed() {
        Question question = questions.next();
        answer(question);
        answer(question);
        assertThat(ledger.complaints()).containsExactly("task 1 has two results");
    }

    @Test
    void anAnswerToNoQuestionIsNamed() {
        answer(Question.of(1, 5));
        assertThat(ledger.complaints()).containsExactly("a result for task 5, though only 0 were given");
    }

    @Test
    void aWrongAnswerIsNamed() {
        Question first = questions.next();
        Question second = questions.next();
        ledger.enter(new TaskResult.Success<>(first.number(), second.answer()));
        Answer right = second.answer();
        ledger.enter(new TaskResult.Success<>(2, new Answer(2, right.hash() + 1, right.payload())));
        assertThat(ledger.complaints())
                .containsExactly("task 1 has a wrong result, numbered 2", "task 2 has a wrong result, numbered 2");
    }

    @Test
    void aFailureIsNamed() {
        questions.next();
        PipelineBoxException error = new TaskCancelledException("gone");
        ledger.enter(new TaskResult.Failure<>(1, error));
        assertThat(ledger.failures()).isEqualTo(1);
        assertThat(ledger.complaints()).containsExactly("task 1 failed: " + error);
    }

    @Test
    void theInputEndsWithItsTime() {
        assertThat(questions.hasNext()).isTrue();
        assertThat(ledger.questionsUntil(System.nanoTime()).hasNext()).isFalse();
    }

    private void answer(Question question) {
        ledger.enter(new TaskResult.Success<>(question.number(), question.answer()));
    }
}
