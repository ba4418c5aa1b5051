package dev.pipelinebox.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The task threw. The throwable itself stays in the worker. This exception has its data: the {@linkplain #remoteClass()
 * class}, {@linkplain #remoteMessage() message}, {@linkplain #remoteStack() stack} and {@linkplain #remoteCauses()
 * causes}. {@link #getCause()} shows the same to a log or a debugger.
 */
public final class TaskFailedException extends PipelineBoxException {

    private static final long serialVersionUID = 1L;

    /** What the task threw. */
    private final RemoteThrowable remote;

    /**
     * Makes one.
     *
     * @param message which task failed, where, and what it threw
     * @param remote what it threw
     */
    public TaskFailedException(String message, RemoteThrowable remote) {
        super(message, remote);
        this.remote = remote;
    }

    /**
     * The class of what the task threw.
     *
     * @return its binary name, such as {@code java.lang.IllegalStateException}
     */
    public String remoteClass() {
        return remote.remoteClass();
    }

    /**
     * The message of what the task threw.
     *
     * @return the message, cut at 16 Ki characters; {@code null} if there was none
     */
    public @Nullable String remoteMessage() {
        return remote.remoteMessage();
    }

    /**
     * The stack of the throwable.
     *
     * @return the worker's stack, innermost frame first, at most 256 frames
     */
    public List<StackTraceElement> remoteStack() {
        return List.of(remote.getStackTrace());
    }

    /**
     * The causes of what the task threw.
     *
     * @return the chain of causes, outermost first, at most 16; empty if there was none
     */
    public List<RemoteThrowable> remoteCauses() {
        return remote.causes();
    }
}
