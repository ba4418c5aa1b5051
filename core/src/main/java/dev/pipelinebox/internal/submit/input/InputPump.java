package dev.pipelinebox.internal.submit.input;

import java.util.Iterator;

/**
 * Reads an input as far as there is room: first on the caller's thread, as long as that never blocks, then on a thread of
 * its own, so that a slow input does not delay the results that have arrived.
 */
public final class InputPump<A> {

    private static final int MAX_BATCH = 64;

    /** A batch is at most this part of the room, since the window learns the sizes only when it is taken. */
    private static final int ROOM_SHARE = 8;

    private final InputSink sink;
    private final Input<A> input;
    private final Thread thread;

    private InputPump(InputSink sink, Input<A> input) {
        this.sink = sink;
        this.input = input;
        this.thread = new Thread(this::pumpAll, "pipelinebox-input");
        thread.setDaemon(true);
    }

    /** Starts to read the input; the returned action cancels it. */
    public static <A> Runnable start(InputSink sink, Input<A> input) {
        InputPump<A> pump = new InputPump<>(sink, input);
        if (!input.inMemory() || pump.pumpWithoutBlocking()) {
            pump.thread.start();
        }
        return pump.thread::interrupt;
    }

    /** Whether there is more. */
    private boolean pumpWithoutBlocking() {
        try {
            Iterator<? extends A> elements = input.elements();
            long room = sink.room();
            while (room > 0) {
                if (!elements.hasNext()) {
                    sink.onInputEnded();
                    return false;
                }
                room = sink.take(elements, batchSize(room));
            }
            return true;
        } catch (Throwable thrown) {
            sink.onInputFailed(thrown);
            return false;
        }
    }

    private void pumpAll() {
        try {
            Iterator<? extends A> elements = input.elements();
            long room = 0;
            while (room > 0 || sink.awaitRoom()) {
                if (!elements.hasNext()) {
                    sink.onInputEnded();
                    return;
                }
                room = sink.take(elements, batchSize(room));
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (Throwable thrown) {
            sink.onInputFailed(thrown);
        } finally {
            end();
        }
    }

    /** Arguments that may block are taken one by one, so that none waits for the next. */
    private int batchSize(long room) {
        return input.inMemory() ? (int) Math.max(1, Math.min(MAX_BATCH, room / ROOM_SHARE)) : 1;
    }

    private void end() {
        try {
            input.onEnd().run();
        } catch (Throwable thrown) {
            sink.onInputFailed(thrown);
        }
    }
}
