package dev.pipelinebox;

import java.util.Iterator;

/**
 * Takes an input in, as far as there is room: at first on the caller's thread, as long as that never waits, then
 * on one of its own, so that an input that is slow in coming does not hold up results that are there.
 */
final class Feeder<A> {

    private final Fed fed;
    private final Input<A> input;
    private final Thread thread;

    private Feeder(Fed fed, Input<A> input) {
        this.fed = fed;
        this.input = input;
        this.thread = new Thread(this::feedAll, "pipelinebox-input");
        thread.setDaemon(true);
    }

    /** Starts to feed; the returned action ends it early. */
    static <A> Runnable feed(Fed fed, Input<A> input) {
        Feeder<A> feeder = new Feeder<>(fed, input);
        if (!input.inMemory() || feeder.feedWithoutWaiting()) {
            feeder.thread.start();
        }
        return feeder.thread::interrupt;
    }

    /** Tells whether there is more. */
    private boolean feedWithoutWaiting() {
        try {
            Iterator<? extends A> elements = input.elements();
            boolean hasRoom = fed.room() > 0;
            while (hasRoom) {
                if (!elements.hasNext()) {
                    fed.onFed();
                    return false;
                }
                hasRoom = fed.take(elements.next());
            }
            return true;
        } catch (Throwable thrown) {
            fed.onInputFailed(thrown);
            return false;
        }
    }

    private void feedAll() {
        try {
            Iterator<? extends A> elements = input.elements();
            boolean hasRoom = false;
            while (hasRoom || fed.awaitRoom()) {
                if (!elements.hasNext()) {
                    fed.onFed();
                    return;
                }
                hasRoom = fed.take(elements.next());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (Throwable thrown) {
            fed.onInputFailed(thrown);
        } finally {
            end();
        }
    }

    private void end() {
        try {
            input.onEnd().run();
        } catch (Throwable thrown) {
            fed.onInputFailed(thrown);
        }
    }
}
