package dev.pipelinebox;

import org.jspecify.annotations.Nullable;

/** What a {@link Feeder} puts an input into, one argument after the other. */
interface Fed {

    /** For how many more arguments there is room now; none if no more is wanted. */
    long room();

    /** Waits for room; {@code false} if no more is wanted. */
    boolean awaitRoom() throws InterruptedException;

    /** Takes in an argument; tells whether there is room for another one. */
    boolean take(@Nullable Object argument);

    /** The input has come to its end. */
    void onFed();

    /** The input threw. */
    void onInputFailed(Throwable thrown);
}
