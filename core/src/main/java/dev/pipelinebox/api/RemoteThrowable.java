package dev.pipelinebox.api;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a throwable of a worker. It prints like the original, with the stack of the worker, but needs none of the
 * original's classes.
 */
public final class RemoteThrowable extends PipelineBoxException {

    private static final long serialVersionUID = 1L;

    /** The binary name of the original's class. */
    private final String remoteClass;

    /** The original's message. */
    private final @Nullable String remoteMessage;

    /**
     * Makes one.
     *
     * @param remoteClass the binary name of the original's class
     * @param remoteMessage the original's message
     * @param stack the original's stack, innermost frame first
     * @param cause the copy of the original's cause
     */
    public RemoteThrowable(
            String remoteClass,
            @Nullable String remoteMessage,
            List<StackTraceElement> stack,
            @Nullable RemoteThrowable cause) {
        super(remoteMessage == null ? remoteClass : remoteClass + ": " + remoteMessage, cause);
        this.remoteClass = remoteClass;
        this.remoteMessage = remoteMessage;
        setStackTrace(stack.toArray(StackTraceElement[]::new));
    }

    /**
     * The class of the original.
     *
     * @return its binary name
     */
    public String remoteClass() {
        return remoteClass;
    }

    /**
     * The message of the original.
     *
     * @return the message, or {@code null} if there was none
     */
    public @Nullable String remoteMessage() {
        return remoteMessage;
    }

    List<RemoteThrowable> causes() {
        List<RemoteThrowable> causes = new ArrayList<>();
        for (Throwable cause = getCause(); cause instanceof RemoteThrowable remote; cause = remote.getCause()) {
            causes.add(remote);
        }
        return List.copyOf(causes);
    }

    /** Prints like the original, without the name of this class. */
    @SuppressWarnings("OverrideThrowableToString")
    @Override
    public String toString() {
        return String.valueOf(getMessage());
    }

    /** Does nothing: the stack of this object is the original's. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
