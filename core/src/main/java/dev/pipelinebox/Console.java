package dev.pipelinebox;

import java.io.PrintStream;

/** The caller's console, as it is at the moment: a program may replace it at any time. */
final class Console {

    private Console() {}

    static PrintStream out() {
        return System.out;
    }

    static PrintStream err() {
        return System.err;
    }
}
