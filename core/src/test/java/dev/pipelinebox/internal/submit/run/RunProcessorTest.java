package dev.pipelinebox.internal.submit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.internal.client.CallbackExecutor;
import dev.pipelinebox.internal.client.SilentClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Publishers that break the rules. */
class RunProcessorTest {

    private final SilentClient silent = new SilentClient();
    private final RunProcessor<Long, Long> processor = new RunProcessor<>(
            silent.newRun(),
            silent.client.submitter(),
            element -> silent.client.submitter(),
            new CallbackExecutor(null));
    private final CompletableFuture<Throwable> error = new CompletableFuture<>();

    @AfterEach
    void close() {
        silent.close();
    }

    @Test
    void anErrorOfThePublishersRequestIsTheSubscribersError() throws Exception {
        IllegalStateException broken = new IllegalStateException("nothing can be asked for");
        processor.subscribe(new Subscriber());

        processor.onSubscribe(new Publisher() {
            @Override
            public void request(long n) {
                throw broken;
            }
        });

        assertThat(error.get(30, TimeUnit.SECONDS)).isSameAs(broken);
    }

    @Test
    void aPublisherThatCannotBeCancelledDoesNotKeepTheSubscriberFromItsError() throws Exception {
        IllegalStateException broken = new IllegalStateException("the input is broken");
        processor.subscribe(new Subscriber());
        processor.onSubscribe(new Publisher() {
            @Override
            public void cancel() {
                throw new IllegalStateException("it cannot be cancelled either");
            }
        });

        processor.onError(broken);

        assertThat(error.get(30, TimeUnit.SECONDS)).isSameAs(broken);
    }

    private static class Publisher implements Flow.Subscription {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }

    private final class Subscriber implements Flow.Subscriber<TaskResult<Long>> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(1);
        }

        @Override
        public void onNext(TaskResult<Long> result) {}

        @Override
        public void onError(Throwable thrown) {
            error.complete(thrown);
        }

        @Override
        public void onComplete() {
            error.complete(new AssertionError("completed"));
        }
    }
}
