package dev.pipelinebox.internal.os;

import java.io.Console;

/** Whether the output is a terminal, and how to draw at its top left. */
public final class Terminal {

    private static final String HOME = "\033[H";
    private static final String CLEAR_REST_OF_LINE = "\033[K";

    private Terminal() {}

    /** Since Java 22 there may be a console where there is no terminal; it then says so itself. */
    @SuppressWarnings("SystemConsoleNull")
    public static boolean isThere() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJava) {
            return true;
        }
    }

    public static String atTopLeft(String picture) {
        return HOME
                + picture.lines().map(line -> line + CLEAR_REST_OF_LINE + "\n").reduce("", String::concat);
    }
}
