package dev.pipelinebox.internal.submit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.Worker;
import dev.pipelinebox.internal.client.OutcomeDecoder;
import dev.pipelinebox.internal.client.OutcomeListener;
import dev.pipelinebox.internal.codec.PayloadCodec;
import dev.pipelinebox.internal.codec.WorkerClass;
import dev.pipelinebox.internal.submit.SilentSubmitter;
import dev.pipelinebox.internal.submit.input.AdaptiveWindow;
import dev.pipelinebox.internal.submit.input.Input;
import dev.pipelinebox.internal.submit.input.InputPump;
import dev.pipelinebox.internal.task.Outcome;
import dev.pipelinebox.internal.task.OutcomeBatch;
import dev.pipelinebox.internal.task.Payloads;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A run with a thread that stands for master and workers and brings outcomes in any order and in batches of any size. */
public class RunTest {

    private static final int WINDOW = 200;

    /** Gives the type. */
    public static final class Echo implements Worker<Integer, Integer> {
        @Override
        public Integer runTask(Integer argument) {
            return argument;
        }
    }

    private final PayloadCodec codec = new PayloadCodec(WorkerClass.of(Echo.class), 1 << 20);
    private final Workers workers = new Workers();
    private final List<String> progress = new ArrayList<>();
    private final AtomicInteger taken = new AtomicInteger();

    /** Answers each task with its own argument. */
    private static final class Workers extends SilentSubmitter implements Runnable {
        private final Random random = new Random();
        private final List<OutcomeBatch> open = new ArrayList<>();
        private final Thread thread = new Thread(this, "test-workers");
        private @Nullable OutcomeListener listener;
        private long lastId;
        private boolean ended;

        Workers() {
            super(2);
        }

        @Override
        public synchronized long submit(List<Payloads> arguments, OutcomeListener submitter) {
            listener = submitter;
            lastId += random.nextInt(10) == 0 ? random.nextInt(100) : 0;
            long first = lastId + 1;
            for (Payloads batch : arguments) {
                answer(batch);
            }
            notifyAll();
            return first;
        }

        /** In one part or two. */
        private void answer(Payloads batch) {
            int first = random.nextInt(batch.count());
            if (first > 0) {
                open.add(new OutcomeBatch(lastId + 1, new Outcome.Returned(batch.slice(0, first))));
            }
            open.add(new OutcomeBatch(lastId + 1 + first, new Outcome.Returned(batch.slice(first, batch.count()))));
            lastId += batch.count();
        }

        @Override
        public void run() {
            List<OutcomeBatch> batch = next();
            while (!batch.isEmpty()) {
                listener.onOutcomes(batch);
                batch = next();
            }
        }

        private synchronized List<OutcomeBatch> next() {
            while (open.isEmpty() && !ended) {
                try {
                    wait();
                } catch (InterruptedException unexpected) {
                    throw new IllegalStateException(unexpected);
                }
            }
            Collections.shuffle(open, random);
            List<OutcomeBatch> some = open.subList(0, open.isEmpty() ? 0 : 1 + random.nextInt(open.size()));
            List<OutcomeBatch> batch = List.copyOf(some);
            some.clear();
            return batch;
        }

        synchronized void end() {
            ended = true;
            open.clear();
            notifyAll();
        }
    }

    @AfterEach
    void endWorkers() {
        workers.end();
    }

    @RepeatedTest(5)
    void givesEachResultOnce() {
        RunResults<Integer> results = start(20_000);

        assertThat(values(results)).containsExactlyInAnyOrderElementsOf(numbers(20_000));
    }

    @RepeatedTest(5)
    void givesResultsInOrderOnRequest() {
        RunResults<Integer> results = start(20_000);

        assertThat(values((RunResults<Integer>) results.inOrder())).isEqualTo(numbers(20_000));
    }

    @RepeatedTest(5)
    void losesNothingIfOrderIsRequestedInTheMiddle() {
        RunResults<Integer> results = start(20_000);
        List<Integer> read = new ArrayList<>();
        Iterator<TaskResult<Integer>> reading = results.iterator();
        for (int i = 0; i < 5_003; i++) {
            read.add(reading.next().value());
        }

        results.inOrder();
        List<Integer> rest = new ArrayList<>();
        reading.forEachRemaining(result -> rest.add(result.value()));

        assertThat(rest.subList(1, rest.size())).isSorted();
        read.addAll(rest);
        assertThat(read).containsExactlyInAnyOrderElementsOf(numbers(20_000));
    }

    @Test
    void takesNoMoreArgumentsThanTheWindowAllows() {
        RunResults<Integer> results = start(20_000);
        int read = 0;

        for (TaskResult<Integer> result : results) {
            assertThat(result.value()).isNotNull();
            read++;
            assertThat(taken.get()).isLessThanOrEqualTo(read + WINDOW);
        }
    }

    @Test
    void tellsProgressListenersOfEachResult() {
        values(start(1_000));

        assertThat(progress)
                .isEqualTo(IntStream.rangeClosed(1, 1_000)
                        .mapToObj(done -> done + " of 1000")
                        .toList());
    }

    @Test
    void givesNothingMoreOnceItIsClosed() {
        RunResults<Integer> results = start(20_000);
        Iterator<TaskResult<Integer>> reading = results.iterator();
        for (int i = 0; i < 1_001; i++) {
            reading.next();
        }

        results.close();

        assertThat(reading.hasNext()).isFalse();
    }

    private RunResults<Integer> start(int size) {
        workers.thread.start();
        Run<Integer> run = new Run<>(
                workers,
                new OutcomeDecoder(codec, codec),
                new AdaptiveWindow(WINDOW, 1 << 20),
                List.of((done, total) -> progress.add(done + " of " + total)));
        run.input().expect(size, argument -> workers);
        Iterator<Integer> elements = IntStream.range(0, size)
                .peek(element -> taken.incrementAndGet())
                .iterator();
        Input<Integer> input = new Input<>(elements, size, false, () -> {});
        return new RunResults<>(run, InputPump.start(run.input(), input));
    }

    private static List<Integer> values(RunResults<Integer> results) {
        return results.stream().map(TaskResult::value).toList();
    }

    private static List<Integer> numbers(int size) {
        return IntStream.range(0, size).boxed().toList();
    }
}
