package dev.pipelinebox.api;

/** The worker of the task died while it ran the task, in every allowed attempt. */
public final class WorkerLostException extends PipelineBoxException {

    private static final long serialVersionUID = 1L;

    /** The record of the attempts. */
    private final CrashDossier dossier;

    /**
     * Makes one.
     *
     * @param message the cause and the remedy
     * @param dossier the record of the attempts
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
     * The machine of the last of the task's workers.
     *
     * @return the name of the host; {@link HostHandle#LOCAL} for the master's own
     */
    public String host() {
        return dossier.host();
    }

    /**
     * The record of all attempts.
     *
     * @return the dossier
     */
    public CrashDossier dossier() {
        return dossier;
    }
}
