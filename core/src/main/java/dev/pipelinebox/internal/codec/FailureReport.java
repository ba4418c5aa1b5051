package dev.pipelinebox.internal.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pipelinebox.api.RemoteThrowable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was thrown in a worker, as data: no serialised Throwable crosses the wire. Bounded in depth, frames and text.
 *
 * @param kind what the worker was doing
 * @param chain what was thrown, followed by its causes
 * @param types the binary names of the class of what was thrown and of its superclasses
 */
public record FailureReport(Kind kind, List<Thrown> chain, List<String> types) {

    private static final int MOST_CAUSES = 16;
    private static final int MOST_FRAMES = 256;
    private static final int MOST_FRAMES_IN_ALL = 768;
    private static final int MOST_CHARACTERS = 16 << 10;
    private static final int MOST_CHARACTERS_IN_ALL = 64 << 10;

    /** What a worker was doing when it failed. */
    public enum Kind {
        /** Building the user's worker. */
        CONSTRUCTION,
        /** Reading the argument. */
        ARGUMENT,
        /** Running the task. */
        TASK,
        /** Writing the result. */
        RESULT,
        /** Nothing: the task was dropped before it was started. */
        DROPPED
    }

    /**
     * One link of the chain.
     *
     * @param type the binary name of its class
     * @param message its message
     * @param stack its stack, innermost frame first
     */
    public record Thrown(String type, @Nullable String message, List<Frame> stack) {}

    /**
     * One frame of a stack.
     *
     * @param type the class
     * @param method the method
     * @param file the source file, if known
     * @param line the line, negative if unknown
     */
    public record Frame(
            String type, String method, @Nullable String file, int line) {

        static Frame of(StackTraceElement element) {
            return new Frame(
                    element.getClassName(), element.getMethodName(), element.getFileName(), element.getLineNumber());
        }

        StackTraceElement toElement() {
            return new StackTraceElement(type, method, file, line);
        }
    }

    /**
     * Draws the picture of something thrown. Never throws: what the original's own methods throw is put in its place.
     *
     * @param kind what the worker was doing
     * @param thrown what was thrown
     * @return the report
     */
    public static FailureReport of(Kind kind, Throwable thrown) {
        List<Thrown> chain = new ArrayList<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        int frames = MOST_FRAMES_IN_ALL;
        int characters = MOST_CHARACTERS_IN_ALL;
        Throwable next = thrown;
        while (next != null && seen.add(next) && chain.size() <= MOST_CAUSES) {
            Thrown picture = picture(next, Math.min(MOST_FRAMES, frames), Math.min(MOST_CHARACTERS, characters));
            frames -= picture.stack().size();
            String message = picture.message();
            characters = Math.max(0, characters - (message == null ? 0 : message.length()));
            chain.add(picture);
            next = causeOf(next);
        }
        return new FailureReport(kind, chain, typesOf(thrown));
    }

    /**
     * A report of a task that was never started.
     *
     * @return the report
     */
    public static FailureReport dropped() {
        return new FailureReport(Kind.DROPPED, List.of(), List.of());
    }

    /**
     * The classes of what the user's code threw.
     *
     * @return the class of what the task threw and its superclasses; empty if something else failed
     */
    public List<String> typesThrownByTask() {
        return kind == Kind.TASK ? types : List.of();
    }

    /**
     * The outermost of what was thrown, in one line.
     *
     * @return its class and message
     */
    public String summary() {
        return chain.isEmpty() ? "nothing was thrown" : toThrowable().toString();
    }

    /**
     * What was thrown, with its stacks and causes, for the caller's side.
     *
     * @return the picture
     */
    public RemoteThrowable toThrowable() {
        RemoteThrowable cause = null;
        for (int i = chain.size() - 1; i >= 0; i--) {
            Thrown thrown = chain.get(i);
            List<StackTraceElement> stack =
                    thrown.stack().stream().map(Frame::toElement).toList();
            cause = new RemoteThrowable(thrown.type(), thrown.message(), stack, cause);
        }
        return cause == null ? new RemoteThrowable("unknown", null, List.of(), null) : cause;
    }

    private static Thrown picture(Throwable thrown, int mostFrames, int mostCharacters) {
        String message;
        List<Frame> stack;
        try {
            message = cut(thrown.getMessage(), mostCharacters);
        } catch (Throwable broken) {
            message = "(its getMessage() threw " + broken.getClass().getName() + ")";
        }
        try {
            stack = Arrays.stream(thrown.getStackTrace())
                    .limit(mostFrames)
                    .map(Frame::of)
                    .toList();
        } catch (Throwable broken) {
            stack = List.of();
        }
        return new Thrown(thrown.getClass().getName(), message, stack);
    }

    private static List<String> typesOf(Throwable thrown) {
        return Stream.<Class<?>>iterate(thrown.getClass(), type -> type != Object.class, Class::getSuperclass)
                .map(Class::getName)
                .toList();
    }

    private static @Nullable Throwable causeOf(Throwable thrown) {
        try {
            return thrown.getCause();
        } catch (Throwable broken) {
            return broken;
        }
    }

    /** Bounds a text; half a character, which no encoding can write, becomes a question mark. */
    private static @Nullable String cut(@Nullable String text, int most) {
        if (text == null) {
            return null;
        }
        String kept = text.length() <= most
                ? text
                : text.substring(0, Math.max(0, most)) + "… (" + (text.length() - most) + " characters more)";
        return new String(kept.getBytes(UTF_8), UTF_8);
    }
}
