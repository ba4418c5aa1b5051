package dev.pipelinebox.api;

/**
 * How a worker's process ended.
 *
 * @param pid the process
 * @param exitCode its exit code; by the convention of POSIX shells 128 + n for a process ended by signal n
 * @param reason the cause in words, such as {@code "killed by signal 9 (SIGKILL)"}
 * @param outputTail the last of what it printed, at most 16 KiB; empty if it printed nothing
 */
public record WorkerExit(long pid, int exitCode, String reason, String outputTail) {

    @Override
    public String toString() {
        String head = "process " + pid + " ended: " + reason;
        return outputTail.isEmpty() ? head : head + "; its last output:\n" + outputTail.stripTrailing();
    }
}
