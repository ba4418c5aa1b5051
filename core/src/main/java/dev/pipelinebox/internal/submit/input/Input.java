package dev.pipelinebox.internal.submit.input;

import java.util.Collection;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;

/**
 * The source of a run's arguments.
 *
 * @param size the number of arguments, or negative if it is not known
 * @param inMemory whether the iterator never blocks
 * @param onEnd runs when no more is read
 */
public record Input<A>(Iterator<? extends A> elements, long size, boolean inMemory, Runnable onEnd) {

    public static <A> Input<A> of(Iterable<? extends A> arguments) {
        if (arguments instanceof Collection<? extends A> collection) {
            return new Input<>(collection.iterator(), collection.size(), true, () -> {});
        }
        return new Input<>(arguments.iterator(), -1, false, () -> {});
    }

    public static <A> Input<A> of(Stream<? extends A> arguments) {
        Spliterator<? extends A> source = arguments.spliterator();
        long size = source.getExactSizeIfKnown();
        return new Input<>(Spliterators.iterator(source), size, false, arguments::close);
    }
}
