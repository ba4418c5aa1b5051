package dev.pipelinebox.internal.submit.input;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Where an {@link InputPump} puts the arguments of an input. */
public interface InputSink {

    /** For how many more arguments there is room; 0 if no more are wanted. */
    long room();

    /** Waits for room; {@code false} if no more arguments are wanted. */
    boolean awaitRoom() throws InterruptedException;

    /**
     * Takes the next argument, which exists, and up to so many in all as long as they are small. What the iterator throws
     * is thrown on, after the arguments before it were taken.
     *
     * @return for how many more there is room
     */
    long take(Iterator<? extends @Nullable Object> arguments, int most);

    void onInputEnded();

    void onInputFailed(Throwable thrown);
}
