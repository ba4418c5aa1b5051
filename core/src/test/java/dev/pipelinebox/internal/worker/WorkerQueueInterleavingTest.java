package dev.pipelinebox.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.task.Batches;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;

/** One thread runs tasks while another one adds, cancels and revokes them at any time. */
class WorkerQueueInterleavingTest {

    private static final int TASKS = 20_000;

    private final WorkerQueue queue = new WorkerQueue(0);
    private final Set<Long> run = new HashSet<>();
    private final Set<Long> meant = ConcurrentHashMap.newKeySet();
    private final List<Long> wronglyInterrupted = new ArrayList<>();
    private final AtomicLong lastStarted = new AtomicLong();

    @RepeatedTest(5)
    void eachTaskIsRunOrDroppedOrGivenBackAndNoneIsInterruptedForAnother() throws Exception {
        CompletableFuture<Void> ended = CompletableFuture.runAsync(this::runAll, task -> new Thread(task).start());
        Random random = new Random();
        Set<Long> notRun = new HashSet<>();

        for (long first = 1; first <= TASKS; first += 10) {
            List<Long> ids = LongStream.range(first, first + 10).boxed().toList();
            queue.add(
                    random.nextBoolean()
                            ? ids.stream()
                                    .map(id -> TaskEnvelope.of(id, 1, null))
                                    .toList()
                            : List.of(new TaskEnvelope(first, 1, Batches.payloads(10, null))));
            long some = Math.max(1, lastStarted.get() + random.nextInt(5));
            if (random.nextBoolean()) {
                meant.add(some);
                queue.cancel(List.of(some)).stream()
                        .map(OutcomeEnvelope::firstId)
                        .forEach(notRun::add);
            } else {
                notRun.addAll(queue.revoke(List.of(some, some + 1)));
            }
        }
        while (!queue.isEmpty()) {
            Thread.onSpinWait();
        }
        queue.stop(false);
        ended.get(60, TimeUnit.SECONDS);

        assertThat(wronglyInterrupted).isEmpty();
        assertThat(run).doesNotContainAnyElementsOf(notRun);
        assertThat(run.size() + notRun.size()).isEqualTo(TASKS);
    }

    private void runAll() {
        try {
            for (RunningTask task = queue.take(); task != null; task = queue.take()) {
                lastStarted.set(task.taskId());
                boolean isNew = run.add(task.taskId());
                if (!isNew || (Thread.currentThread().isInterrupted() && !meant.contains(task.taskId()))) {
                    wronglyInterrupted.add(task.taskId());
                }
                queue.finished();
            }
        } catch (InterruptedException outsideOfATask) {
            throw new IllegalStateException(outsideOfATask);
        }
    }
}
