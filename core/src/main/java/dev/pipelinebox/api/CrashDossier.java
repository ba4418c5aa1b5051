package dev.pipelinebox.api;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The record of a task that ended its workers' processes.
 *
 * @param attempts the attempts that ended a process, in order, at least one; at most the last ten
 * @serial exclude
 */
@SuppressWarnings("InvalidBlockTag") // known to Javadoc
public record CrashDossier(List<TaskAttempt> attempts) implements Serializable {

    /**
     * Copies the list.
     *
     * @param attempts the attempts that ended a process, at least one
     * @throws IllegalArgumentException if there is none
     */
    public CrashDossier {
        attempts = List.copyOf(attempts);
        if (attempts.isEmpty()) {
            throw new IllegalArgumentException("A dossier is about at least one attempt");
        }
    }

    /**
     * How the last of the task's workers ended.
     *
     * @return its exit code, cause, last output, crash report and thread dump
     */
    public WorkerExit exit() {
        return attempts.get(attempts.size() - 1).exit();
    }

    /**
     * The machine of the last of the task's workers. That of each attempt is in its {@link TaskAttempt#exit()}.
     *
     * @return the name of the host; {@link HostHandle#LOCAL} for the master's own
     */
    public String host() {
        return exit().host();
    }

    /** The attempts in a line each, then the last exit in full. */
    @Override
    public String toString() {
        return attempts.stream().map(attempt -> attempt + "\n").collect(Collectors.joining()) + exit();
    }
}
