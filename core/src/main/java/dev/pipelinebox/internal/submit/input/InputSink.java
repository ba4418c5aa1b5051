package dev.pipelinebox.internal.submit.input;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** What a {@link InputPump} puts an input into. */
public interface InputSink {

    /** For how many more arguments there is room now; none if no more is wanted. */
    long room();

    /** Waits for room; {@code false} if no more is wanted. */
    boolean awaitRoom() throws InterruptedException;

    /**
     * Takes in the next argument, which is there, and those that follow, so many in all at most, as long as there are any and
     * they are small; what they throw is thrown on, after those before have been taken in.
     *
     * @return for how many more there is room
     */
    long take(Iterator<? extends @Nullable Object> arguments, int most);

    /** The input has come to its end. */
    void onFed();

    /** The input threw. */
    void onInputFailed(Throwable thrown);
}
