package dev.pipelinebox.internal.master;

import dev.pipelinebox.api.WorkerStartException;
import dev.pipelinebox.internal.codec.FailureReport;
import dev.pipelinebox.internal.pool.WorkerSpec;
import org.jspecify.annotations.Nullable;

/** Words for why a worker could not be started, with the remedy where there is one. */
final class StartFailures {

    private StartFailures() {}

    /** No process could be launched. */
    static WorkerStartException notLaunched(WorkerSpec spec, @Nullable Throwable problem) {
        Throwable cause = problem != null && problem.getCause() != null ? problem.getCause() : problem;
        return cause instanceof WorkerStartException known
                ? known
                : new WorkerStartException("The process of " + spec.name() + " could not be launched: " + cause);
    }

    /** The process came to nothing: with a report of what its constructor threw, or by its exit. */
    static WorkerStartException notBuilt(WorkerSpec spec, @Nullable FailureReport thrown, ProcessState process) {
        String what = "The " + spec.name() + " (" + spec.workerClass() + ") could not be started: ";
        if (thrown != null) {
            return new WorkerStartException(
                    what + cause(spec, thrown),
                    thrown.toThrowable(),
                    process.exit().orElse(null));
        }
        return process.exit()
                .map(exit -> new WorkerStartException(what + exit, exit))
                .orElseGet(() -> new WorkerStartException(what + "its end was not seen"));
    }

    private static String cause(WorkerSpec spec, FailureReport thrown) {
        boolean isClassMissing =
                thrown.summary().equals(ClassNotFoundException.class.getName() + ": " + spec.workerClass());
        return isClassMissing
                ? "its class is not on the class path of the workers, which is that of this program; put it into a folder"
                        + " or jar there (java Program.java keeps classes in memory only)"
                : "its constructor threw " + thrown.summary();
    }
}
