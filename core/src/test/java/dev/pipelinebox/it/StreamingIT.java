package dev.pipelinebox.it;

import static dev.pipelinebox.it.Pools.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.api.CallerInterruptedException;
import dev.pipelinebox.api.Results;
import dev.pipelinebox.api.TaskResult;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Inputs and results as streams, on one master with two workers. */
class StreamingIT {

    private static final int WINDOW = 256;

    private static Master<Long, Long> master;

    @BeforeAll
    static void start() {
        master = Master.of(Workers.Increment.class)
                .config(ConfigFactory.parseString("pipelinebox.run.window = " + WINDOW))
                .start();
        ready(master.addWorker(), master.addWorker());
    }

    @AfterAll
    static void close() {
        master.close();
        NoProcessLeft.check("StreamingIT");
    }

    @Test
    void aHundredThousandElementsOfALazyStreamHaveOneResultEach() {
        AtomicBoolean closed = new AtomicBoolean();
        long sum = 0;
        for (TaskResult<Long> result :
                master.runAll(LongStream.range(0, 100_000).boxed().onClose(() -> closed.set(true)))) {
            sum += result.value();
        }
        assertThat(sum).isEqualTo(100_000L * 100_001 / 2);
        await().untilTrue(closed);
    }

    @Test
    void aCallerThatStopsReadingStopsTheInput() {
        AtomicLong taken = new AtomicLong();
        try (Results<Long> results = master.runAll(Stream.generate(taken::incrementAndGet))) {
            Iterator<TaskResult<Long>> reading = results.iterator();
            for (int i = 0; i < 1000; i++) {
                assertThat(reading.next().value()).isPositive();
            }
            await().pollDelay(Duration.ofMillis(300)).until(() -> taken.get() <= 1000 + WINDOW);
        }
        long atClose = taken.get();
        await().during(Duration.ofMillis(200)).until(() -> taken.get() <= atClose + 1);
    }

    @Test
    void aSlowInputDoesNotHoldUpResultsThatAreThere() throws InterruptedException {
        BlockingQueue<Long> queue = new LinkedBlockingQueue<>(List.of(1L));
        Iterator<Long> fedByItsOwnResults = new Iterator<>() {
            private long next;

            @Override
            public boolean hasNext() {
                try {
                    next = queue.take();
                    return next < 20;
                } catch (InterruptedException closed) {
                    return false;
                }
            }

            @Override
            public Long next() {
                return next;
            }
        };
        long last = 0;
        for (TaskResult<Long> result : master.runAll(() -> fedByItsOwnResults)) {
            last = result.value();
            queue.put(last);
        }
        assertThat(last).isEqualTo(20);
    }

    @Test
    void resultsInTheOrderOfAddingStayWithinTheWindow() {
        Iterator<TaskResult<Long>> results =
                master.runAll(LongStream.range(0, 20_000).boxed()).inOrder().iterator();
        for (long i = 0; i < 20_000; i++) {
            assertThat(results.next().value()).isEqualTo(i + 1);
        }
        assertThat(results.hasNext()).isFalse();
    }

    @Test
    void twoRunsAndAsksShareTheWorkers() {
        Results<Long> first = master.runAll(LongStream.range(0, 5000).boxed());
        Results<Long> second = master.runAll(LongStream.range(0, 5000).boxed());
        assertThat(master.ask(41L).toCompletableFuture().join()).isEqualTo(42);
        assertThat(second.stream().mapToLong(TaskResult::value).sum()).isEqualTo(5000L * 5001 / 2);
        assertThat(first.stream().mapToLong(TaskResult::value).sum()).isEqualTo(5000L * 5001 / 2);
    }

    @Test
    void anEmptyInputHasNoResults() {
        assertThat(master.runAll(List.<Long>of())).isEmpty();
        assertThat(master.runAll(Stream.<Long>empty())).isEmpty();
        assertThat(master.run()).isEmpty();
    }

    @Test
    void anInterruptedReaderIsToldAndMayGoOn() {
        BlockingQueue<Long> queue = new LinkedBlockingQueue<>();
        Results<Long> results = master.runAll(Stream.generate(() -> take(queue)).limit(1));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> results.iterator().hasNext()).isInstanceOf(CallerInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
        queue.add(7L);
        assertThat(results.iterator().next().value()).isEqualTo(8);
    }

    private static Long take(BlockingQueue<Long> queue) {
        try {
            return queue.take();
        } catch (InterruptedException closed) {
            throw new IllegalStateException(closed);
        }
    }
}
