package dev.pipelinebox.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.TaskCancelledException;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.benchmarks.chaos.ChaosWorker.Reply;
import dev.pipelinebox.benchmarks.chaos.ChaosWorker.Request;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ResultCheckerTest {

    private final ResultChecker checker = new ResultChecker(1);
    private final Iterator<Request> requests = checker.requestsUntil(System.nanoTime() + TimeUnit.MINUTES.toNanos(1));

    @Test
    void oneRightResultOfEachTaskIsNoComplaint() {
        reply(requests.next());
        reply(requests.next());
        assertThat(checker.complaints()).isEmpty();
        assertThat(checker.done()).isEqualTo(2);
    }

    @Test
    void aMissingResultIsNamed() {
        requests.next();
        reply(requests.next());
        assertThat(checker.complaints()).containsExactly("1 of 2 tasks have no result, among them [1]");
    }

    @Test
    void aSecondResultIsNamed() {
        Request request = requests.next();
        reply(request);
        reply(request);
        assertThat(checker.complaints()).containsExactly("task 1 has two results");
    }

    @Test
    void aResultWithoutARequestIsNamed() {
        reply(Request.of(1, 5));
        assertThat(checker.complaints()).containsExactly("a result for task 5, though only 0 were given");
    }

    @Test
    void aWrongResultIsNamed() {
        Request first = requests.next();
        Request second = requests.next();
        checker.enter(new TaskResult.Success<>(first.number(), second.reply()));
        Reply right = second.reply();
        checker.enter(new TaskResult.Success<>(2, new Reply(2, right.hash() + 1, right.payload())));
        assertThat(checker.complaints())
                .containsExactly("task 1 has a wrong result, numbered 2", "task 2 has a wrong result, numbered 2");
    }

    @Test
    void aFailureIsNamed() {
        requests.next();
        PipelineBoxException error = new TaskCancelledException("gone");
        checker.enter(new TaskResult.Failure<>(1, error));
        assertThat(checker.failures()).isEqualTo(1);
        assertThat(checker.complaints()).containsExactly("task 1 failed: " + error);
    }

    @Test
    void theInputEndsWithItsTime() {
        assertThat(requests.hasNext()).isTrue();
        assertThat(checker.requestsUntil(System.nanoTime()).hasNext()).isFalse();
    }

    private void reply(Request request) {
        checker.enter(new TaskResult.Success<>(request.number(), request.reply()));
    }
}
