package dev.pipelinebox.internal.submit.input;

import java.util.Iterator;

/**
 * Takes an input in, as far as there is room: at first on the caller's thread, as long as that never waits, then
 * on one of its own, so that an input that is slow in coming does not hold up results that are there.
 */
public final class InputPump<A> {

    private static final int MOST_TOGETHER = 64;

    /** So that no more is ahead of what is known of their sizes. */
    private static final int SHARE_OF_ROOM = 8;

    private final InputSink fed;
    private final Input<A> input;
    private final Thread thread;

    private InputPump(InputSink fed, Input<A> input) {
        this.fed = fed;
        this.input = input;
        this.thread = new Thread(this::feedAll, "pipelinebox-input");
        thread.setDaemon(true);
    }

    /** Starts to feed; the returned action ends it early. */
    public static <A> Runnable feed(InputSink fed, Input<A> input) {
        InputPump<A> feeder = new InputPump<>(fed, input);
        if (!input.inMemory() || feeder.feedWithoutWaiting()) {
            feeder.thread.start();
        }
        return feeder.thread::interrupt;
    }

    /** Tells whether there is more. */
    private boolean feedWithoutWaiting() {
        try {
            Iterator<? extends A> elements = input.elements();
            long room = fed.room();
            while (room > 0) {
                if (!elements.hasNext()) {
                    fed.onFed();
                    return false;
                }
                room = fed.take(elements, together(room));
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
            long room = 0;
            while (room > 0 || fed.awaitRoom()) {
                if (!elements.hasNext()) {
                    fed.onFed();
                    return;
                }
                room = fed.take(elements, together(room));
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (Throwable thrown) {
            fed.onInputFailed(thrown);
        } finally {
            end();
        }
    }

    /** Those that may be long in coming are taken one by one, so that none is held up by the next. */
    private int together(long room) {
        return input.inMemory() ? (int) Math.max(1, Math.min(MOST_TOGETHER, room / SHARE_OF_ROOM)) : 1;
    }

    private void end() {
        try {
            input.onEnd().run();
        } catch (Throwable thrown) {
            fed.onInputFailed(thrown);
        }
    }
}
