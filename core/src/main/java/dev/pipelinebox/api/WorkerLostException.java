package dev.pipelinebox.api;

/** The task's worker died while it ran the task, as often as the task may be tried. */
public final class WorkerLostException extends PipelineBoxException {

    private static final long serialVersionUID = 1L;

    private final transient WorkerExit exit;

    /**
     * Makes one.
     *
     * @param message the cause and the remedy
     * @param exit how the last of the task's workers ended
     */
    public WorkerLostException(String message, WorkerExit exit) {
        super(message);
        this.exit = exit;
    }

    /**
     * How the last of the task's workers ended.
     *
     * @return its exit code, cause and last output
     */
    public WorkerExit exit() {
        return exit;
    }
}
