package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.internal.task.Task;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tasks that were given up because they ended their workers; the oldest make room for new ones. Thread-safe. */
public final class Quarantine {

    /** A task, why it was given up, and when. */
    public record Entry(Task task, PipelineBoxException error, Instant since) {}

    private final int most;
    private final long mostBytes;
    private final Map<Long, Entry> entries = new LinkedHashMap<>();
    private long bytes;

    /** An empty one that keeps so many tasks, with so many bytes of arguments in all; a single one may be larger. */
    public Quarantine(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    public synchronized void add(Task task, PipelineBoxException error, Instant now) {
        entries.put(task.id(), new Entry(task, error, now));
        bytes += task.size();
        while (entries.size() > most || (bytes > mostBytes && entries.size() > 1)) {
            release(entries.keySet().iterator().next());
        }
    }

    /** A snapshot, in the order in which the tasks were given up. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** Takes a task out; empty if it is not there. */
    public synchronized Optional<Entry> release(long taskId) {
        Optional<Entry> released = Optional.ofNullable(entries.remove(taskId));
        bytes -= released.map(entry -> entry.task().size()).orElse(0);
        return released;
    }
}
