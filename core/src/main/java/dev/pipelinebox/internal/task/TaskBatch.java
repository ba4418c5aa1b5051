package dev.pipelinebox.internal.task;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Tasks that were submitted together, with consecutive numbers. They stay together until one of them is treated separately.
 *
 * @param firstId the number of the first task
 * @param payloads their encoded arguments
 * @param policy how each of them is treated
 * @param sink where their outcomes go
 */
public record TaskBatch(long firstId, Payloads payloads, TaskPolicy policy, OutcomeSink sink) {

    public int count() {
        return payloads.count();
    }

    public boolean contains(long taskId) {
        return taskId >= firstId && taskId < firstId + count();
    }

    /** Those from one index to before another. */
    public TaskBatch slice(int from, int to) {
        return from == 0 && to == count()
                ? this
                : new TaskBatch(firstId + from, payloads.slice(from, to), policy, sink);
    }

    public Stream<Long> ids() {
        return LongStream.range(firstId, firstId + count()).boxed();
    }

    public Task task(int index) {
        return new Task(firstId + index, payloads.get(index), policy, sink);
    }

    public List<Task> tasks() {
        return IntStream.range(0, count()).mapToObj(this::task).toList();
    }
}
