package dev.pipelinebox.internal.os;

/** What {@link Throwable} lacks. */
public final class Throwables {

    private Throwables() {}

    /** Throws this as it is, even if it is a checked exception; declared to return so that callers can write {@code throw}. */
    public static RuntimeException rethrow(Throwable thrown) {
        throw Throwables.<RuntimeException>unchecked(thrown);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
