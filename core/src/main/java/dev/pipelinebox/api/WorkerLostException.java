package dev.pipelinebox.api;

/** The task's worker died while it ran the task, as often as the task may be tried. */
public final class WorkerLostException extends PipelineBoxException {

    private static final long serialVersionUID = 1L;

    /** What is known of the attempts. */
    private final CrashDossier dossier;

    /**
     * Makes one.
     *
     * @param message the cause and the remedy
     * @param dossier what is known of the attempts
     */
    public WorkerLostException(String message, CrashDossier dossier) {
        super(message);
        this.dossier = dossier;
    }

    /**
     * How the last of the task's workers ended.
     *
     * @return its exit code, cause and last output
     */
    public WorkerExit exit() {
        return dossier.exit();
    }

    /**
     * All that is known of the attempts.
     *
     * @return the dossier
     */
    public CrashDossier dossier() {
        return dossier;
    }
}
