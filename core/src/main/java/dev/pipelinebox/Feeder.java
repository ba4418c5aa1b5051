package dev.pipelinebox;

import java.util.Iterator;

/**
 * Takes a run's input in, as far as the window allows: at first on the caller's thread, as long as that never waits, then
 * on one of its own, so that an input that is slow in coming does not hold up results that are there.
 */
final class Feeder<A> {

    private final Run<?> run;
    private final Input<A> input;
    private final Thread thread;

    private Feeder(Run<?> run, Input<A> input) {
        this.run = run;
        this.input = input;
        this.thread = new Thread(this::feedAll, "pipelinebox-input");
        thread.setDaemon(true);
    }

    /** Starts to feed; the returned action ends it early. */
    static <A> Runnable feed(Run<?> run, Input<A> input) {
        Feeder<A> feeder = new Feeder<>(run, input);
        if (!input.inMemory() || feeder.feedWithoutWaiting()) {
            feeder.thread.start();
        }
        return feeder.thread::interrupt;
    }

    /** Tells whether there is more. */
    private boolean feedWithoutWaiting() {
        try {
            Iterator<? extends A> elements = input.elements();
            while (run.wantsNow()) {
                if (!elements.hasNext()) {
                    run.onFed();
                    return false;
                }
                run.take(elements.next());
            }
            return true;
        } catch (Throwable thrown) {
            run.onInputFailed(thrown);
            return false;
        }
    }

    private void feedAll() {
        try {
            Iterator<? extends A> elements = input.elements();
            while (run.awaitRoom()) {
                if (!elements.hasNext()) {
                    run.onFed();
                    return;
                }
                run.take(elements.next());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (Throwable thrown) {
            run.onInputFailed(thrown);
        } finally {
            end();
        }
    }

    private void end() {
        try {
            input.onEnd().run();
        } catch (Throwable thrown) {
            run.onInputFailed(thrown);
        }
    }
}
