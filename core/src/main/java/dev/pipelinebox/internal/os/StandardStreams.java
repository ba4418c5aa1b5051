package dev.pipelinebox.internal.os;

import java.io.PrintStream;

/** The caller's console, as it is at the moment: a program may replace it at any time. */
public final class StandardStreams {

    private StandardStreams() {}

    public static PrintStream out() {
        return System.out;
    }

    public static PrintStream err() {
        return System.err;
    }
}
