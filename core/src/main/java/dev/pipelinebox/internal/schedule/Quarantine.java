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

    /**
     * A task that was given up.
     *
     * @param task the task
     * @param error why
     * @param since when
     */
    public record Patient(Task task, PipelineBoxException error, Instant since) {}

    private final int most;
    private final long mostBytes;
    private long bytes;
    private final Map<Long, Patient> patients = new LinkedHashMap<>();

    /**
     * An empty one.
     *
     * @param most how many it keeps
     * @param mostBytes how many bytes of their arguments it keeps; a single one may be larger
     */
    public Quarantine(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    public synchronized void add(Task task, PipelineBoxException error) {
        patients.put(task.id(), new Patient(task, error, Instant.now()));
        bytes += task.size();
        while (patients.size() > most || (bytes > mostBytes && patients.size() > 1)) {
            release(patients.keySet().iterator().next());
        }
    }

    /**
     * Who is in it.
     *
     * @return the tasks, in the order in which they were given up
     */
    public synchronized List<Patient> patients() {
        return List.copyOf(patients.values());
    }

    /**
     * Lets one out.
     *
     * @param taskId the task's number
     * @return the task; empty if it is not there any more
     */
    public synchronized Optional<Patient> release(long taskId) {
        Optional<Patient> released = Optional.ofNullable(patients.remove(taskId));
        bytes -= released.map(patient -> patient.task().size()).orElse(0);
        return released;
    }
}
