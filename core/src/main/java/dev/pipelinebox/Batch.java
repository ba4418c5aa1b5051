package dev.pipelinebox;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tasks that have been taken in and are to be handed on together. Not thread-safe. */
final class Batch {

    /** Tasks are handed on together while so many times more are at work that no worker waits for them. */
    private static final int SHARE = 8;

    private static final int LARGEST = 128;

    private final List<byte @Nullable []> payloads = new ArrayList<>();

    void add(byte @Nullable [] payload) {
        payloads.add(payload);
    }

    int size() {
        return payloads.size();
    }

    void clear() {
        payloads.clear();
    }

    /** Tells whether it should go now, since it is full or workers may soon have nothing to do. */
    boolean isDue(int atWork, int workers) {
        boolean plenty = atWork >= 2 * workers && payloads.size() * SHARE < atWork;
        return !payloads.isEmpty() && (!plenty || payloads.size() >= LARGEST);
    }

    /** Takes out all that is in it. */
    List<byte @Nullable []> take() {
        List<byte @Nullable []> taken = new ArrayList<>(payloads);
        payloads.clear();
        return taken;
    }
}
