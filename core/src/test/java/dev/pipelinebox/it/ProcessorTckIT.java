package dev.pipelinebox.it;

import dev.pipelinebox.api.TaskResult;
import java.util.Objects;
import java.util.concurrent.Flow;

/** {@code Master.processor()} keeps the rules of Reactive Streams. */
public class ProcessorTckIT extends Tck {

    @Override
    Flow.Processor<Long, Long> createProcessor() {
        return new Values(master().processor());
    }

    /** A processor of results, as one of their values. */
    private record Values(Flow.Processor<Long, TaskResult<Long>> results) implements Flow.Processor<Long, Long> {

        @Override
        public void subscribe(Flow.Subscriber<? super Long> subscriber) {
            Objects.requireNonNull(subscriber);
            results.subscribe(new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    subscriber.onSubscribe(subscription);
                }

                @Override
                public void onNext(TaskResult<Long> result) {
                    subscriber.onNext(result.value());
                }

                @Override
                public void onError(Throwable thrown) {
                    subscriber.onError(thrown);
                }

                @Override
                public void onComplete() {
                    subscriber.onComplete();
                }
            });
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            results.onSubscribe(subscription);
        }

        @Override
        public void onNext(Long element) {
            results.onNext(element);
        }

        @Override
        public void onError(Throwable thrown) {
            results.onError(thrown);
        }

        @Override
        public void onComplete() {
            results.onComplete();
        }
    }
}
