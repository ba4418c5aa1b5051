package dev.pipelinebox.internal.os;

/** Throws what the compiler would have checked. */
public final class Throwables {

    private Throwables() {}

    /** Throws it as it is, even if an input threw a checked exception behind the compiler's back; it never returns. */
    public static RuntimeException rethrow(Throwable problem) {
        throw Throwables.<RuntimeException>unchecked(problem);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T unchecked(Throwable problem) throws T {
        throw (T) problem;
    }
}
