package dev.pipelinebox.environments.agent;

/** Leaves a trace in the JVM that loads it. */
public final class Agent {

    /** The system property that it sets. */
    public static final String TRACE = "environments.agent";

    private Agent() {}

    /**
     * Called by the JVM before its main class.
     *
     * @param arguments what the property is set to
     */
    public static void premain(String arguments) {
        System.setProperty(TRACE, arguments);
    }
}
